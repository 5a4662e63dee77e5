import { beforeEach, describe, expect, test, vi } from "vitest";

import { Unavailable, type NewJob, type Redis } from "../../ports/mod.ts";
import { redisJobs } from "./jobs.ts";
import { manualClock, type ManualClock } from "./manual-clock.test-support.ts";
import { testParts } from "./parts.test-support.ts";
import { tampered, useRedisClient } from "./redis.test-support.ts";

const redis = useRedisClient();
let clock: ManualClock;

beforeEach(async () => {
  clock = manualClock();
  await redis.command("FLUSHALL");
});

function jobsOver(over: Redis = redis) {
  return redisJobs({ ...testParts(), clock, redis: over, metaTtlMs: 1_000 });
}

function newJob(id: string): NewJob {
  const said = { topic: "job.echo", tenant: "t", traceId: "tr", payload: "{}", labels: {}, submittedBy: "g" };
  return { id, ...said };
}

const all = { olderThanMs: 0, offset: 0, limit: 100 };

async function end(jobs: ReturnType<typeof jobsOver>, id: string): Promise<void> {
  const revision = (await jobs.open(id))?.revision ?? 0;
  await jobs.advance({ ...{ id, revision, from: "PENDING", path: ["FAILED"], epoch: 0, intents: [] } });
}

describe("the index of unfinished jobs", () => {
  test("lists by age, oldest first, a page at a time", async () => {
    const jobs = jobsOver();
    for (const id of ["one", "two", "three"]) {
      await jobs.create(newJob(id), []);
      await clock.pass(1_000);
    }
    expect(await jobs.unfinished(all)).toEqual(["one", "two", "three"]);
    expect(await jobs.unfinished({ olderThanMs: 1_500, offset: 0, limit: 100 })).toEqual(["one", "two"]);
    expect(await jobs.unfinished({ olderThanMs: 0, offset: 1, limit: 1 })).toEqual(["two"]);
  });

  test("loses a job when it has ended", async () => {
    const jobs = jobsOver();
    await jobs.create(newJob("short"), []);
    await end(jobs, "short");
    await clock.pass(20);
    await vi.waitFor(async () => expect(await jobs.unfinished(all)).toEqual([]));
  });

  test("has a job before its record exists: one that cannot be listed is not made", async () => {
    const jobs = jobsOver(tampered(redis, "ZADD", () => Promise.reject(new Unavailable("Redis"))));
    await expect(jobs.create(newJob("unlisted"), [])).rejects.toThrow(Unavailable);
    expect(await jobs.read("unlisted")).toBeUndefined();
  });

  test("forgets what has ended or is long gone, and neither what lives nor what is about to be made", async () => {
    const leaky = tampered(redis, "ZREM", () => Promise.reject(new Unavailable("Redis")));
    const jobs = jobsOver(leaky);
    for (const id of ["alive", "ended", "unmade"]) await jobs.create(newJob(id), []);
    await end(jobs, "ended");
    await clock.pass(20);
    await redis.command("DEL", "job:meta:unmade");
    const ids = await jobs.unfinished(all);
    for (const id of ids) await jobsOver().forgetFinished(id);
    expect((await jobs.unfinished(all)).toSorted()).toEqual(["alive", "unmade"]);
    await clock.pass(600_001);
    for (const id of ids) await jobsOver().forgetFinished(id);
    expect(await jobs.unfinished(all)).toEqual(["alive"]);
  });

  test("does not take a finished job in again when it is made again", async () => {
    const jobs = jobsOver();
    await jobs.create(newJob("again"), []);
    await end(jobs, "again");
    await jobs.create(newJob("again"), []);
    await clock.pass(20);
    await vi.waitFor(async () => expect(await jobs.unfinished(all)).toEqual([]));
  });
});

describe("the list of recent jobs", () => {
  test("shows the newest first, a page at a time", async () => {
    const jobs = jobsOver();
    for (const id of ["one", "two", "three"]) {
      await jobs.create(newJob(id), []);
      await clock.pass(20);
    }
    await vi.waitFor(async () => expect(await jobs.recent({ offset: 0, limit: 2 })).toEqual(["three", "two"]));
    expect(await jobs.recent({ offset: 2, limit: 2 })).toEqual(["one"]);
    expect(await jobs.recent({ offset: 1_000, limit: 2 })).toEqual([]);
  });

  test("knows a thousand and a few, and shows no more than a thousand", async () => {
    const old = Array.from({ length: 1_200 }, (_, index) => ["ZADD", "job:recent", index, `old-${index}`] as const);
    await redis.pipeline(old);
    const jobs = jobsOver();
    for (let index = 0; index < 101; index++) await jobs.create(newJob(`new-${index}`), []);
    await clock.pass(20);
    await clock.pass(20);
    await vi.waitFor(async () => expect(await redis.command("ZCARD", "job:recent")).toBe(1_000));
    expect(await jobs.recent({ offset: 990, limit: 100 })).toHaveLength(10);
  });
});
