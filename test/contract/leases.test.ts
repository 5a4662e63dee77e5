import { describe, expect, test } from "vitest";

import type { Leadership } from "../../reference/ports/mod.ts";
import { useArms } from "./arms.test-support.ts";
import type { Ports } from "./stage.test-support.ts";

const key = "lease:of-a-test";

interface Term {
  readonly by: string;
  readonly leadership: Leadership;
}

/** Campaigns until it resigns, and notes each term of its own. */
function candidate({ instance, leases }: Ports, terms: Term[], ttlMs = 900): { resign(): Promise<void> } {
  const ending = new AbortController();
  const campaign = leases.campaign({ key, ttlMs, signal: ending.signal }, (leadership) => {
    terms.push({ by: instance, leadership });
    return new Promise((resolve) => leadership.signal.addEventListener("abort", () => resolve()));
  });
  return {
    resign() {
      ending.abort();
      return campaign;
    },
  };
}

const inOffice = (terms: readonly Term[]): Term[] => terms.filter(({ leadership }) => !leadership.signal.aborted);

describe.each(useArms())("leases, $name", ({ play }) => {
  test("one leads at a time, and when it resigns another does, with a higher epoch", () =>
    play(async ({ join, eventually }) => {
      const terms: Term[] = [];
      const all = await Promise.all(["a", "b", "c"].map((name) => join(name)));
      const candidates = new Map(all.map((ports) => [ports.instance, candidate(ports, terms)]));
      for (let round = 1; round <= all.length; round++) {
        await eventually(() => expect(inOffice(terms)).toHaveLength(1));
        await candidates.get(inOffice(terms)[0]?.by ?? "")?.resign();
      }
      const epochs = terms.map(({ leadership }) => leadership.epoch);
      expect(new Set(terms.map(({ by }) => by)).size).toBe(3);
      expect(epochs).toEqual([...new Set(epochs)].toSorted((one, other) => one - other));
      expect(await all[0]?.redis.command("GET", key)).toBeNull();
    }));

  test("a lease that is lost ends the term, and the next term has a higher epoch", () =>
    play(async ({ join, eventually }) => {
      const terms: Term[] = [];
      const leader = await join("robbed");
      const { resign } = candidate(leader, terms);
      await eventually(() => expect(terms).toHaveLength(1));
      await leader.redis.command("DEL", key);
      await eventually(() => expect(terms.length).toBeGreaterThan(1));
      expect(terms[0]?.leadership.signal.aborted).toBe(true);
      expect(terms[1]?.leadership.epoch).toBeGreaterThan(terms[0]?.leadership.epoch ?? Infinity);
      await resign();
    }));

  test("a leader that is there leads beyond the lease's TTL, without interruption", () =>
    play(async ({ join, clock, eventually }) => {
      const terms: Term[] = [];
      const ended = [candidate(await join("a"), terms, 600), candidate(await join("b"), terms, 600)];
      await eventually(() => expect(terms).toHaveLength(1));
      const ledFrom = clock.now();
      await eventually(() => expect(clock.now() - ledFrom).toBeGreaterThan(1_500));
      expect(terms).toHaveLength(1);
      expect(inOffice(terms)).toHaveLength(1);
      await Promise.all(ended.map(({ resign }) => resign()));
    }));
});
