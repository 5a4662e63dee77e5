import { describe, expect, test } from "vitest";

import type { Change, Job, Jobs, NewJob, Redis } from "../../ports/mod.ts";
import { OutcomeUnknown } from "../../ports/mod.ts";
import { redisJobs } from "./jobs.ts";
import { testParts } from "./parts.test-support.ts";
import { tampered, useRedisClient } from "./redis.test-support.ts";

const redis = useRedisClient();
const dayMs = 86_400_000;
let made = 0;

function jobsOf(instance = "scheduler-1", over: Redis = redis) {
  const parts = testParts(instance);
  return { ...parts, jobs: redisJobs({ ...parts, redis: over, metaTtlMs: dayMs }) };
}

function newJob(changes: Partial<NewJob> = {}): NewJob {
  return {
    id: `job-${++made}`,
    topic: "job.echo",
    tenant: "acme",
    traceId: "trace-1",
    payload: '{"work":"5ms"}',
    labels: { team: "red" },
    submittedBy: "gateway-1",
    ...changes,
  };
}

const intent = { kind: "publish", subject: "worker.w1.jobs", id: "dispatch:1", body: "{}" } as const;

function dispatchOf(job: Pick<Job, "id" | "revision">, changes: Partial<Change> = {}): Change {
  return {
    ...{ id: job.id, revision: job.revision, from: "PENDING", path: ["SCHEDULED", "DISPATCHED"], epoch: 1 },
    ...{ worker: "w1", session: "s1", intents: [intent] },
    ...changes,
  };
}

async function opened(jobs: Jobs, id: string): Promise<Job> {
  const job = await jobs.open(id);
  if (!job) throw new Error(`${id} is missing`);
  return job;
}

async function dispatched(jobs: Jobs): Promise<string> {
  const { id } = newJob();
  await jobs.create(newJob({ id }), []);
  await jobs.advance(dispatchOf(await opened(jobs, id)));
  return id;
}

const claimOf = (id: string, token: string, epoch = 1) => ({ id, epoch, token, worker: "w1", session: "s1" });

describe("a new job", () => {
  test("reads as it was made, with its intents, under the documented field names", async () => {
    const { jobs, writes, metric } = jobsOf("gateway-1");
    const job = newJob({ deadlineUnixMs: 1_700_000_000_000 });
    expect(await jobs.create(job, [intent])).toEqual({ created: true, state: "PENDING", revision: 1 });
    const { payload, submittedBy: _, ...told } = job;
    const read = await jobs.read(job.id);
    expect(read).toMatchObject({ ...told, state: "PENDING", epoch: 0, revision: 1 });
    expect(read?.outbox).toEqual([{ revision: 1, intents: [intent] }]);
    expect(read?.log).toEqual([{ state: "PENDING", epoch: 0, unixMs: read?.createdUnixMs, by: "gateway-1" }]);
    expect(await jobs.payload(job.id)).toBe(payload);
    const fields = (await redis.command("HKEYS", `job:meta:${job.id}`)) as string[];
    expect(fields).toEqual(
      expect.arrayContaining(["state", "attempts", "topic", "tenant", "trace_id", "labels", "submitted_by"]),
    );
    expect(writes).toMatchObject([{ job: job.id, accepted: true, from: "NONE", to: "PENDING", epoch: 0 }]);
    expect(metric("jobsTotal", { topic: "job.echo", state: "PENDING" })).toBe(1);
  });

  test("is made once, however often it is made", async () => {
    const { jobs, writes } = jobsOf();
    const job = newJob();
    await jobs.create(job, []);
    expect(await jobs.create({ ...job, payload: '"other"' }, [intent])).toMatchObject({ created: false, revision: 1 });
    expect(await jobs.payload(job.id)).toBe(job.payload);
    expect((await jobs.read(job.id))?.outbox).toEqual([]);
    expect(writes.map(({ accepted }) => accepted)).toEqual([true, false]);
  });

  test("that does not exist reads as nothing", async () => {
    const { jobs } = jobsOf();
    expect([await jobs.read("none"), await jobs.open("none"), await jobs.payload("none")]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    expect(await redis.command("EXISTS", "job:meta:none")).toBe(0);
  });

  test("is read without its payload", async () => {
    const seen: unknown[] = [];
    const watched: Redis = { ...redis, command: (...command) => (seen.push(...command), redis.command(...command)) };
    const { jobs } = jobsOf("gateway-1", watched);
    const job = newJob();
    await jobs.create(job, [intent]);
    await jobs.read(job.id);
    expect(seen).toContain("labels");
    expect(seen).not.toContain("payload");
  });
});

describe("a change", () => {
  test("goes through its path, and leaves state, log, intents and epoch together", async () => {
    const { jobs, writes, metric } = jobsOf();
    const { id } = newJob();
    await jobs.create(newJob({ id }), []);
    const advanced = await jobs.advance({ ...dispatchOf(await opened(jobs, id)), section: "sec-1" });
    const job = await jobs.read(id);
    expect(advanced).toEqual({ accepted: true, revision: 3, unixMs: job?.updatedUnixMs });
    expect(job).toMatchObject({ state: "DISPATCHED", epoch: 1, revision: 3, worker: "w1", session: "s1" });
    expect(job?.outbox).toEqual([{ revision: 3, intents: [intent] }]);
    expect(job?.log.map(({ state, epoch, by }) => `${state} ${epoch} ${by}`)).toEqual([
      ...["PENDING 0 scheduler-1", "SCHEDULED 1 scheduler-1", "DISPATCHED 1 scheduler-1"],
    ]);
    expect(writes.at(-1)).toMatchObject({ section: "sec-1", accepted: true, from: "PENDING", to: "DISPATCHED" });
    expect(metric("jobsTotal", { topic: "job.echo", state: "DISPATCHED" })).toBe(1);
  });

  test("is refused when somebody has opened the job since, and when the state is another", async () => {
    const { jobs, writes, metric } = jobsOf();
    const { id } = newJob();
    await jobs.create(newJob({ id }), []);
    const early = await opened(jobs, id);
    const late = await opened(jobs, id);
    expect(await jobs.advance(dispatchOf(early))).toEqual({ accepted: false, state: "PENDING", revision: 3 });
    const wrong = dispatchOf(late, { from: "RETRYING", path: ["DISPATCHED"] });
    expect(await jobs.advance(wrong)).toMatchObject({ accepted: false, state: "PENDING" });
    expect(await jobs.advance(dispatchOf({ id: "none", revision: 1 }))).toEqual({
      ...{ accepted: false, state: "NONE", revision: 0 },
    });
    expect((await jobs.read(id))?.outbox).toEqual([]);
    expect(writes.filter(({ accepted }) => !accepted)).toHaveLength(3);
    expect(metric("refusedWrites", { to: "DISPATCHED" })).toBe(3);
    expect(await jobs.advance(dispatchOf(late))).toMatchObject({ accepted: true });
  });

  test("whose answer was lost is accepted when it is made again, and its twin is not", async () => {
    const lost = tampered(redis, "job-advance", async (pass) => {
      await pass();
      throw new OutcomeUnknown("Redis");
    });
    const [unlucky, other] = [jobsOf("scheduler-1", lost), jobsOf("scheduler-1")];
    const { id } = newJob();
    await unlucky.jobs.create(newJob({ id }), []);
    const change = dispatchOf(await opened(unlucky.jobs, id));
    await expect(unlucky.jobs.advance(change)).rejects.toThrow(OutcomeUnknown);
    expect(await other.jobs.advance({ ...change })).toMatchObject({ accepted: false });

    let losing = true;
    const once = tampered(redis, "job-advance", async (pass) => {
      const reply = await pass();
      if (losing) throw new OutcomeUnknown("Redis");
      return reply;
    });
    const { jobs } = jobsOf("scheduler-1", once);
    const second = newJob();
    await jobs.create(second, []);
    const again = dispatchOf(await opened(jobs, second.id));
    await expect(jobs.advance(again)).rejects.toThrow(OutcomeUnknown);
    losing = false;
    // Somebody opened it meanwhile, and wrote nothing.
    await jobs.open(second.id);
    expect(await jobs.advance(again)).toMatchObject({ accepted: true, revision: 3 });
    expect(await jobs.advance({ ...again })).toMatchObject({ accepted: false });
    expect((await jobs.read(second.id))?.log).toHaveLength(3);
  });

  test("to an end lets the record expire, and says why it ended so; a later attempt's end says its own", async () => {
    const { jobs } = jobsOf();
    const id = await dispatched(jobs);
    const retry = { path: ["RETRYING"], from: "DISPATCHED", cause: "worker_lost", intents: [] } as const;
    await jobs.advance(dispatchOf(await opened(jobs, id), retry));
    expect((await jobs.read(id))?.cause).toBe("worker_lost");
    expect(await redis.command("PTTL", `job:meta:${id}`)).toBe(-1);
    const end = { path: ["SUCCEEDED"], from: "RETRYING", result: '"done"', intents: [] } as const;
    await jobs.advance(dispatchOf(await opened(jobs, id), end));
    const ended = await jobs.read(id);
    expect(ended).toMatchObject({ state: "SUCCEEDED", result: '"done"' });
    expect(ended).not.toHaveProperty("cause");
    expect(await redis.command("PTTL", `job:meta:${id}`)).toBeGreaterThan(dayMs / 2);
  });

  test("that the table does not allow is a bug, and nothing is sent", async () => {
    const { jobs, writes } = jobsOf();
    const illegal = dispatchOf({ id: "any", revision: 1 }, { from: "FAILED", path: ["RUNNING"] });
    await expect(jobs.advance(illegal)).rejects.toThrow("cannot go from FAILED to RUNNING");
    await expect(jobs.advance({ ...illegal, path: [] })).rejects.toThrow("leads nowhere");
    expect(writes).toEqual([]);
  });

  test("keeps at most 200 entries of the log, the newest", async () => {
    const { jobs } = jobsOf();
    const id = await dispatched(jobs);
    await jobs.claim(claimOf(id, "t"));
    for (let round = 0; round < 2; round++) {
      const path = Array.from({ length: 110 }, () => "RUNNING" as const);
      await jobs.advance(dispatchOf(await opened(jobs, id), { from: "RUNNING", path, epoch: round + 2 }));
    }
    const log = (await jobs.read(id))?.log ?? [];
    expect([log.length, log[0]?.epoch, log[199]?.epoch]).toEqual([200, 2, 3]);
  });
});

describe("an outbox entry", () => {
  test("stays until it is settled, while others come", async () => {
    const { jobs } = jobsOf();
    const job = newJob();
    await jobs.create(job, [intent]);
    await jobs.advance(dispatchOf(await opened(jobs, job.id)));
    expect((await opened(jobs, job.id)).outbox.map(({ revision }) => revision)).toEqual([1, 3]);
    await jobs.settle(job.id, 1);
    await jobs.settle(job.id, 1);
    const now = await opened(jobs, job.id);
    expect(now.outbox).toEqual([{ revision: 3, intents: [intent] }]);
    expect((await jobs.read(job.id))?.outbox).toEqual(now.outbox);
    const end = { path: ["FAILED"], from: "DISPATCHED", intents: [] } as const;
    await jobs.advance(dispatchOf(now, end));
    expect(await redis.command("HGET", `job:meta:${job.id}`, "outbox")).toBe("3");
  });
});

describe("a claim", () => {
  test("is granted to one claimant, and again to the same claim", async () => {
    const { jobs, writes, metric } = jobsOf();
    const id = await dispatched(jobs);
    const claims = await Promise.all(["a", "b", "c"].map((token) => jobs.claim(claimOf(id, token))));
    expect(claims.filter(({ granted }) => granted)).toEqual([{ granted: true, payload: '{"work":"5ms"}' }]);
    const winner = ["a", "b", "c"][claims.findIndex(({ granted }) => granted)] ?? "";
    expect(await jobs.claim(claimOf(id, winner))).toMatchObject({ granted: true });
    expect(await jobs.read(id)).toMatchObject({ state: "RUNNING", epoch: 1, worker: "w1" });
    expect(metric("refusedWrites", { to: "RUNNING" })).toBe(2);
    expect(writes.at(-1)).toMatchObject({ to: "RUNNING", accepted: true, epoch: 1 });
  });

  test("of another epoch, of a job that waits, or of none is refused, with what the record says", async () => {
    const { jobs } = jobsOf();
    const id = await dispatched(jobs);
    expect(await jobs.claim(claimOf(id, "t", 2))).toEqual({ granted: false, state: "DISPATCHED", epoch: 1 });
    expect(await jobs.claim(claimOf("none", "t"))).toEqual({ granted: false, state: "NONE", epoch: 0 });
    await jobs.claim(claimOf(id, "t"));
    await jobs.advance(
      dispatchOf(await opened(jobs, id), { from: "RUNNING", path: ["RETRYING", "DISPATCHED"], epoch: 2 }),
    );
    expect(await jobs.claim(claimOf(id, "t"))).toEqual({ granted: false, state: "DISPATCHED", epoch: 2 });
    expect(await jobs.claim(claimOf(id, "t", 2))).toMatchObject({ granted: true });
  });

  test("fences off a change that was decided before it", async () => {
    const { jobs } = jobsOf();
    const id = await dispatched(jobs);
    const before = await opened(jobs, id);
    await jobs.claim(claimOf(id, "t"));
    const timeout = dispatchOf(before, { from: "DISPATCHED", path: ["TIMEOUT"], intents: [] });
    expect(await jobs.advance(timeout)).toMatchObject({ accepted: false, state: "RUNNING" });
  });
});
