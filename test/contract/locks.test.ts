import { describe, expect, test } from "vitest";

import type { Observation } from "../../core/mod.ts";
import { useArms } from "./arms.test-support.ts";

const longMs = 60_000;
const shortMs = 600;

describe.each(useArms())("locks, $name", ({ play }) => {
  test("a lock is held by one at a time, shows its holder, and is free after its release", () =>
    play(async ({ join }) => {
      const [one, two] = [await join("one"), await join("two")];
      const lock = await one.locks.acquire("lock:a", longMs);
      expect(await two.locks.acquire("lock:a", longMs)).toBeUndefined();
      expect(await two.redis.command("GET", "lock:a")).toBe(lock?.section);
      await lock?.release();
      expect(await two.locks.acquire("lock:a", longMs)).toBeDefined();
      expect(phasesOf(one.seen)).toEqual(["entered", "left"]);
    }));

  test("of many who ask at once, one gets it", () =>
    play(async ({ join }) => {
      const all = await Promise.all(["a", "b", "c", "d"].map((name) => join(name)));
      const got = await Promise.all(all.map(({ locks }) => locks.acquire("lock:b", longMs)));
      expect(got.filter((lock) => lock !== undefined)).toHaveLength(1);
    }));

  test("a holder that is there keeps it beyond its TTL", () =>
    play(async ({ join, clock, eventually }) => {
      const [one, two] = [await join("one"), await join("two")];
      const lock = await one.locks.acquire("lock:c", shortMs);
      const heldFrom = clock.now();
      await eventually(() => expect(clock.now() - heldFrom).toBeGreaterThan(2 * shortMs));
      expect(await two.locks.acquire("lock:c", longMs)).toBeUndefined();
      expect(lock?.signal.aborted).toBe(false);
      expect(phasesOf(one.seen).filter((phase) => phase === "renewed").length).toBeGreaterThanOrEqual(3);
    }));

  test("a holder that does not renew it loses it after its TTL, and knows", () =>
    play(async ({ join, clock, eventually }) => {
      const [dead, heir] = [await join("dead", { without: ["lock-renewal"] }), await join("heir")];
      const askedAt = clock.now();
      const lock = await dead.locks.acquire("lock:d", shortMs);
      await eventually(async () => expect(await heir.locks.acquire("lock:d", longMs)).toBeDefined());
      expect(clock.now() - askedAt).toBeGreaterThanOrEqual(shortMs - 1);
      await lock?.release();
      expect(await heir.redis.command("GET", "lock:d")).toMatch(/^heir:/);
    }));

  test("a holder whose key the store has given away learns of it, and does not release the other's", () =>
    play(async ({ join, eventually }) => {
      const { locks, redis, seen } = await join("robbed");
      const lock = await locks.acquire("lock:e", 900);
      await redis.command("SET", "lock:e", "thief");
      await eventually(() => expect(lock?.signal.aborted).toBe(true));
      await lock?.release();
      expect(await redis.command("GET", "lock:e")).toBe("thief");
      expect(phasesOf(seen)).toContain("abandoned");
    }));
});

function phasesOf(seen: readonly Observation[]): string[] {
  return seen.flatMap((each) => (each.kind === "section" ? [each.phase] : []));
}
