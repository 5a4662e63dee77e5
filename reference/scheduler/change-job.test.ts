import { describe, expect, it } from "vitest";

import { StoreTime } from "../domain/store-time.ts";
import { Background } from "../replica/background.ts";
import { changeJob } from "./change-job.ts";
import { advance, type Decision } from "./decision.ts";
import { configOf, MemoryPlane } from "./memory-plane.test-support.ts";
import { DueTimers } from "../replica/due-timers.ts";
import type { DueRetry, SchedulerContext } from "./scheduler-context.ts";
import { attemptOf } from "./steps.ts";
import type { Job } from "../ports/mod.ts";
import { WorkerWatch } from "./worker-watch.ts";
import { busyWaitMs } from "../replica/with-lock.ts";
import { jobLockKey, withJobLock } from "./with-job-lock.ts";

const config = configOf();

async function planeWithJob(): Promise<{ plane: MemoryPlane; context: SchedulerContext }> {
  const plane = new MemoryPlane();
  const env = plane.environment("scheduler-1");
  await plane.store("a");
  const retries = new DueTimers<DueRetry>(env.clock, () => Promise.resolve());
  const workers = new WorkerWatch(env, config.workerTtlMs);
  const context = { env, config, workers, retries, storeTime: new StoreTime(), background: new Background(env.log) };
  return { plane, context };
}

function fail(job: Job): Decision {
  return advance({ ...attemptOf(job), path: ["FAILED"], cause: "x", intents: [{ kind: "dead-letter", cause: "x" }] });
}

describe("a job's lock", () => {
  it("keeps everybody else out, who are told to come back later", async () => {
    const { plane, context } = await planeWithJob();
    const inner = await withJobLock(context, "a", () => changeJob(context, "a", fail));
    expect(inner).toEqual({ kind: "contended" });
    expect(plane.jobs.changes).toEqual([]);
    expect(plane.counted("lockWaits")).toBe(1);
    expect((await changeJob(context, "a", fail)).kind).toBe("advanced");
  });

  it("is released also when something fails under it", async () => {
    const { plane, context } = await planeWithJob();
    plane.jobs.trap = (call) => {
      if (call === "open") throw new Error("Redis is away");
    };
    await expect(changeJob(context, "a", fail)).rejects.toThrow("Redis is away");
    await context.background.settled();
    expect(plane.held.size).toBe(0);
  });

  it("is busy for a sixtieth of its TTL, and for 50 ms at least", () => {
    expect([30_000, 3_000, 1].map(busyWaitMs)).toEqual([500, 50, 50]);
  });
});

describe("a scheduler that lost the lock", () => {
  it.each(["open", "advance"] as const)("before its %s was answered promises and delivers nothing", async (call) => {
    const { plane, context } = await planeWithJob();
    plane.jobs.trap = (called, when) => {
      if (called === call && when === "after") plane.held.get(jobLockKey("a"))?.lose();
    };
    expect(await changeJob(context, "a", fail)).toEqual({ kind: "contended" });
    expect(plane.deadLetters.size).toBe(0);
    expect(plane.jobs.changes).toHaveLength(call === "open" ? 0 : 1);
  });

  it("does not release what may be somebody else's by now", async () => {
    const { plane, context } = await planeWithJob();
    await withJobLock(context, "a", async () => {
      plane.held.get(jobLockKey("a"))?.lose();
      await plane.environment("scheduler-2").locks.acquire(jobLockKey("a"), 1_000);
    });
    await context.background.settled();
    expect(plane.held.get(jobLockKey("a"))?.section).toBe("section-2");
    expect(plane.released).toEqual([]);
  });

  it("and wakes up later is refused by the revision of whoever opened the job since", async () => {
    const { plane, context } = await planeWithJob();
    let others = 0;
    plane.jobs.trap = async (call, when, id) => {
      // Paused right before the write: another replica opens the job meanwhile, each time.
      if (call === "advance" && when === "before" && others++ < 2) await plane.jobs.open(id);
    };
    expect(await changeJob(context, "a", fail)).toEqual({ kind: "contended" });
    expect(plane.jobs.changes.map(({ accepted }) => accepted)).toEqual([false, false]);
    expect(plane.jobs.get("a").state).toBe("PENDING");
  });
});

it("promises are delivered when the lock is free again, so that no answer to them finds it held", async () => {
  const { plane, context } = await planeWithJob();
  let heldAtDelivery: boolean | undefined;
  const { outbox } = context.env;
  const env = {
    ...context.env,
    outbox: {
      deliver: (...delivery: Parameters<typeof outbox.deliver>) => {
        heldAtDelivery = plane.held.has(jobLockKey("a"));
        return outbox.deliver(...delivery);
      },
    },
  };
  await changeJob({ ...context, env }, "a", fail);
  expect(heldAtDelivery).toBe(false);
  expect(plane.deadLetters.get("a")?.cause).toBe("x");
});
