import { describe, expect, test, vi } from "vitest";

import { OutcomeUnknown, Unavailable, type Redis } from "../../ports/mod.ts";
import { redisKeys } from "./key-store.ts";
import { redisLocks, unguardedLocks } from "./locks.ts";
import { testParts } from "./parts.test-support.ts";
import { tampered, useRedisClient } from "./redis.test-support.ts";

const redis = useRedisClient();

const longMs = 60_000;

function locksOf(instance: string, options?: Parameters<typeof redisLocks>[1], over: Redis = redis) {
  const parts = testParts(instance);
  return { ...parts, locks: redisLocks({ ...parts, redis: over }, options) };
}

describe("a lock", () => {
  test("is held by one at a time, shows its holder, and is free after its release", async () => {
    const [one, two] = [locksOf("one"), locksOf("two")];
    const lock = await one.locks.acquire("lock:a", longMs);
    expect(await two.locks.acquire("lock:a", longMs)).toBeUndefined();
    expect(await redis.command("GET", "lock:a")).toBe(lock?.section);
    expect(lock?.section).toMatch(/^one:/);
    await lock?.release();
    const next = await two.locks.acquire("lock:a", longMs);
    expect(next).toBeDefined();
    await next?.release();
    expect(one.sections).toMatchObject([
      { guard: "lock", key: "lock:a", phase: "entered" },
      { guard: "lock", key: "lock:a", phase: "left", removed: true },
    ]);
  });

  test("expires in the store after its TTL when nobody renews it", async () => {
    await locksOf("dead", { release: "by-token", renew: false }).locks.acquire("lock:b", 50);
    const { locks } = locksOf("heir");
    const heir = await vi.waitFor(async () => {
      const lock = await locks.acquire("lock:b", longMs);
      expect(lock).toBeDefined();
      return lock;
    });
    await heir?.release();
  });

  test("that the store gave to somebody else is counted as abandoned", async () => {
    const { locks, metric } = locksOf("robbed");
    const lock = await locks.acquire("lock:c", 900);
    await redis.command("SET", "lock:c", "thief");
    await vi.waitFor(() => expect(lock?.signal.aborted).toBe(true), 5_000);
    expect(metric("lockAbandoned")).toBe(1);
    await lock?.release();
    expect(await redis.command("GET", "lock:c")).toBe("thief");
  });

  test("that may or may not have been given counts as not given, and is taken back", async () => {
    const lost = tampered(redis, "SET", async (pass) => {
      await pass();
      throw new OutcomeUnknown("Redis");
    });
    const { locks, sections } = locksOf("unlucky", undefined, lost);
    expect(await locks.acquire("lock:d", longMs)).toBeUndefined();
    await vi.waitFor(async () => expect(await redis.command("GET", "lock:d")).toBeNull());
    expect(sections).toEqual([]);
  });

  test("cannot be had while Redis is away", async () => {
    const away = tampered(redis, "SET", () => Promise.reject(new Unavailable("Redis")));
    await expect(locksOf("cut off", undefined, away).locks.acquire("lock:e", longMs)).rejects.toThrow(Unavailable);
  });
});

describe("a renewal in the store", () => {
  test("prolongs the holder's own key, and nobody else's", async () => {
    const keys = redisKeys(redis);
    expect(await keys.take("key:renewed", "mine", 1_000)).toBe(true);
    expect(await keys.renew("key:renewed", "mine", longMs)).toBe(true);
    expect(await redis.command("PTTL", "key:renewed")).toBeGreaterThan(longMs / 2);
    expect(await keys.renew("key:renewed", "theirs", 2 * longMs)).toBe(false);
    expect(await redis.command("PTTL", "key:renewed")).toBeLessThanOrEqual(longMs);
    expect(await keys.renew("key:none", "mine", longMs)).toBe(false);
  });
});

describe("a release", () => {
  /** The holder sleeps in its release until somebody else holds the lock. */
  async function releaseLate(rule: "by-token" | "unconditional") {
    const late = tampered(redis, "lock-release", async (pass) => {
      await redis.command("SET", `lock:${rule}`, "successor");
      return pass();
    });
    const { locks, sections } = locksOf("late", { release: rule, renew: true }, late);
    const lock = await locks.acquire(`lock:${rule}`, longMs);
    await lock?.release();
    return { removed: sections.at(-1)?.removed, holder: await redis.command("GET", `lock:${rule}`) };
  }

  test("by token leaves the successor's lock alone", async () => {
    expect(await releaseLate("by-token")).toEqual({ removed: false, holder: "successor" });
  });

  test("without the token removes whatever is there", async () => {
    expect(await releaseLate("unconditional")).toEqual({ removed: true, holder: null });
  });
});

test("without the lock everybody gets it, and the witness sees it", async () => {
  const parts = testParts();
  const locks = unguardedLocks(parts);
  const both = await Promise.all([locks.acquire("lock:x", longMs), locks.acquire("lock:x", longMs)]);
  await Promise.all(both.map((lock) => lock?.release()));
  expect(parts.sections.map(({ phase }) => phase)).toEqual(["entered", "entered", "left", "left"]);
});
