import { describe, expect, test } from "vitest";

import type { DeadLetter } from "../../ports/mod.ts";
import { redisDeadLetters } from "./dead-letters.ts";
import { manualClock } from "./manual-clock.test-support.ts";
import { useRedisClient } from "./redis.test-support.ts";

const redis = useRedisClient();
const dayMs = 86_400_000;

describe("dead letters", () => {
  const letter = (id: string, createdUnixMs: number): DeadLetter => ({
    ...{ id, topic: "job.echo", cause: "worker_lost", lastState: "RUNNING", attempts: 2, createdUnixMs },
  });

  test("are kept once for each id, and read as they were recorded", async () => {
    const clock = manualClock();
    const letters = redisDeadLetters({ redis, clock, ttlMs: dayMs, sizeMax: 10 });
    await letters.record(letter("once", clock.unixMs()));
    await letters.record(letter("once", clock.unixMs()));
    expect(await letters.read("once")).toEqual(letter("once", clock.unixMs()));
    expect(await letters.read("never")).toBeUndefined();
    expect(await letters.count()).toBe(1);
    expect(await redis.command("PTTL", "dlq:entry:once")).toBeGreaterThan(dayMs / 2);
  });

  test("stop counting when their time is over", async () => {
    const clock = manualClock();
    const letters = redisDeadLetters({ redis, clock, ttlMs: 60_000, sizeMax: 10 });
    await redis.command("DEL", "dlq:index");
    await letters.record(letter("old", clock.unixMs()));
    await clock.pass(60_001);
    expect(await letters.count()).toBe(0);
    await letters.record(letter("new", clock.unixMs()));
    expect(await redis.command("ZRANGE", "dlq:index", 0, -1)).toEqual(["new"]);
  });

  test("are at most so many, of which the oldest go", async () => {
    const clock = manualClock();
    const letters = redisDeadLetters({ redis, clock, ttlMs: dayMs, sizeMax: 3 });
    await redis.command("DEL", "dlq:index");
    for (let index = 0; index < 6; index++) await letters.record(letter(`l${index}`, clock.unixMs() + index));
    expect(await letters.count()).toBe(3);
    expect(await letters.read("l2")).toBeUndefined();
    expect(await letters.read("l3")).toBeDefined();
  });
});
