import { describe, expect, test, vi } from "vitest";

import type { Leadership } from "../../ports/mod.ts";
import { redisLeases, unguardedLeases } from "./leases.ts";
import { testParts } from "./parts.test-support.ts";
import { useRedisClient } from "./redis.test-support.ts";

const redis = useRedisClient();

/** A replica that leads until its signal aborts, and notes its terms, in `started` too if that is given. */
function candidate(
  instance: string,
  key: string,
  ttlMs: number,
  { guarded = true, started = [] as Leadership[] } = {},
) {
  const parts = testParts(instance);
  const leases = guarded ? redisLeases({ ...parts, redis }) : unguardedLeases(parts);
  const ending = new AbortController();
  const terms: Leadership[] = [];
  const campaign = leases.campaign({ key, ttlMs, signal: ending.signal }, async (leadership) => {
    terms.push(leadership);
    started.push(leadership);
    await new Promise((resolve) => leadership.signal.addEventListener("abort", resolve));
  });
  const resign = (): Promise<void> => {
    ending.abort();
    return campaign;
  };
  return { ...parts, terms, resign };
}

function leading(candidates: readonly { readonly terms: Leadership[] }[]): number {
  return candidates.filter(({ terms }) => terms.some(({ signal }) => !signal.aborted)).length;
}

describe("a lease", () => {
  test("has one holder, shown by GET; when it resigns another follows with a higher epoch", async () => {
    const started: Leadership[] = [];
    const all = ["a", "b", "c"].map((name) => candidate(name, "lease:one", 2_000, { started }));
    for (let resigned = 0; resigned < 3; resigned++) {
      await vi.waitFor(() => expect(leading(all)).toBe(1), 10_000);
      const leader = all.find(({ terms }) => terms.some(({ signal }) => !signal.aborted));
      expect(await redis.command("GET", "lease:one")).toMatch(new RegExp(`^${leader?.instance}:`));
      expect(leader?.metric("leaseHeld", { lease: "lease:one" })).toBe(1);
      await leader?.resign();
      expect(leader?.metric("leaseHeld", { lease: "lease:one" })).toBe(0);
      expect(leader?.sections.at(-1)).toMatchObject({ guard: "lease", phase: "left", removed: true });
    }
    const epochs = started.map(({ epoch }) => epoch);
    expect(epochs.length).toBeGreaterThanOrEqual(3);
    expect(epochs).toEqual([...new Set(epochs)].toSorted((one, other) => one - other));
    expect(await redis.command("GET", "lease:one")).toBeNull();
  });

  test("that is lost ends the term, and the next one has a higher epoch", async () => {
    const leader = candidate("robbed", "lease:robbed", 900);
    await vi.waitFor(() => expect(leader.terms).not.toHaveLength(0));
    await redis.command("DEL", "lease:robbed");
    await vi.waitFor(() => expect(leader.terms.length).toBeGreaterThan(1), 10_000);
    const [lost, next] = leader.terms;
    expect(lost?.signal.aborted).toBe(true);
    expect(next?.epoch).toBeGreaterThan(lost?.epoch ?? Infinity);
    expect(leader.sections.map(({ phase }) => phase)).toContain("abandoned");
    await leader.resign();
  });

  test("is kept until a leader that was told to stop has returned", async () => {
    const parts = testParts("tidy");
    const ending = new AbortController();
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const campaign = redisLeases({ ...parts, redis }).campaign(
      { key: "lease:tidy", ttlMs: 60_000, signal: ending.signal },
      () => finished,
    );
    await vi.waitFor(() => expect(parts.sections).toHaveLength(1));
    ending.abort();
    await parts.clock.sleep(20);
    expect(await redis.command("GET", "lease:tidy")).toMatch(/^tidy:/);
    finish();
    await campaign;
    expect(await redis.command("GET", "lease:tidy")).toBeNull();
  });

  test("whose leader fails goes on to the next term", async () => {
    const parts = testParts("failing");
    const ending = new AbortController();
    const epochs: number[] = [];
    const campaign = redisLeases({ ...parts, redis }).campaign(
      { key: "lease:failing", ttlMs: 1_000, signal: ending.signal },
      ({ epoch }) => {
        epochs.push(epoch);
        if (epochs.length === 2) ending.abort();
        return Promise.reject(new Error("no"));
      },
    );
    await campaign;
    expect(epochs[1]).toBeGreaterThan(epochs[0] ?? Infinity);
  });
});

test("without the lease every replica leads", async () => {
  const all = ["a", "b"].map((name) => candidate(name, "lease:none", 60_000, { guarded: false }));
  await vi.waitFor(() => expect(leading(all)).toBe(2));
  await Promise.all(all.map(({ resign }) => resign()));
  expect(all.map(({ sections }) => sections.map(({ phase }) => phase))).toEqual([
    ["entered", "left"],
    ["entered", "left"],
  ]);
});
