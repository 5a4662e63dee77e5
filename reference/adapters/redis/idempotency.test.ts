import { describe, expect, test, vi } from "vitest";

import { lookupThenWrite, redisIdempotency } from "./idempotency.ts";
import { manualClock } from "./manual-clock.test-support.ts";
import { testParts } from "./parts.test-support.ts";
import { useRedisClient } from "./redis.test-support.ts";

const redis = useRedisClient();
const dayMs = 86_400_000;

describe("an idempotency key", () => {
  test("stands for the first caller's job, however many come at once", async () => {
    const keys = redisIdempotency({ redis, ttlMs: dayMs });
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => keys.reserve("t", "race", { job: `job-${index}`, digest: "d" })),
    );
    expect(new Set(made.map(({ job }) => job)).size).toBe(1);
    expect(made.filter(({ first }) => first)).toHaveLength(1);
  });

  test("can be reserved again by a caller that does not know whether it was", async () => {
    const keys = redisIdempotency({ redis, ttlMs: dayMs });
    const wanted = { job: "job-1", digest: "d" };
    await keys.reserve("t", "again", wanted);
    expect(await keys.reserve("t", "again", wanted)).toEqual({ ...wanted, first: true });
  });

  test("keeps the digest of the first request, is one tenant's own, and expires", async () => {
    const keys = redisIdempotency({ redis, ttlMs: dayMs });
    await keys.reserve("t", "digest", { job: "job-1", digest: "one" });
    expect(await keys.reserve("t", "digest", { job: "job-2", digest: "two" })).toEqual({
      ...{ job: "job-1", digest: "one", first: false },
    });
    expect((await keys.reserve("u", "digest", { job: "job-3", digest: "two" })).first).toBe(true);
    expect(await redis.command("PTTL", "job:idempotency:t:digest")).toBeGreaterThan(dayMs / 2);
  });

  test("that is looked up and written later can have two first callers", async () => {
    const clock = manualClock();
    const keys = lookupThenWrite({ redis, ttlMs: dayMs, clock, log: testParts().log });
    const first = await keys.reserve("t", "left-out", { job: "job-1", digest: "d" });
    const second = await keys.reserve("t", "left-out", { job: "job-2", digest: "d" });
    expect([first, second].map(({ job, first: isFirst }) => [job, isFirst])).toEqual([
      ["job-1", true],
      ["job-2", true],
    ]);
    await clock.pass(1_000);
    await vi.waitFor(async () => {
      expect((await keys.reserve("t", "left-out", { job: "job-3", digest: "d" })).first).toBe(false);
    });
  });
});
