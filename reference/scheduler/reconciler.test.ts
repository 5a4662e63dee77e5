import { describe, expect, it } from "vitest";

import { decodePacket } from "../domain/packets.ts";
import { workerCancelSubject, workerSubject } from "../domain/subjects.ts";
import { Unavailable } from "../ports/mod.ts";
import { configOf, MemoryPlane } from "./memory-plane.test-support.ts";
import { reconciler } from "./reconciler.ts";
import { startScheduler } from "./scheduler.ts";

/** Far apart, so that each test sees which limit struck. */
const config = configOf({ dispatchTimeoutMs: 300_000, runningTimeoutMs: 900_000 });
const { workerTtlMs, reconcilerPollMs, retryBackoffMs } = config;

interface Start {
  readonly parts?: Parameters<typeof startScheduler>[2];
  readonly overrides?: Partial<typeof config>;
}

async function planeWithScheduler({ parts = [reconciler], overrides = {} }: Start = {}): Promise<MemoryPlane> {
  const plane = new MemoryPlane();
  await startScheduler(plane.environment("scheduler-1"), { ...config, ...overrides }, parts);
  await plane.beat("worker-1");
  return plane;
}

describe("a job whose worker is lost", () => {
  it("is dispatched again under a new epoch when the worker has been silent for its TTL", async () => {
    const plane = await planeWithScheduler();
    await plane.pass(workerTtlMs, ["worker-1", "worker-2"]);
    await plane.beat("worker-2", { active_jobs: 4 });
    await plane.submit("a");
    await plane.claim("a");
    await plane.pass(workerTtlMs - 5_000, ["worker-2"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RUNNING", epoch: 1, worker: "worker-1" });
    await plane.pass(10_000 + retryBackoffMs, ["worker-2"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 2, worker: "worker-2" });
    expect(plane.counted("reconciled", { cause: "worker_lost" })).toBe(1);
  });

  it("is dispatched again at once when the worker comes back in another life", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    await plane.claim("a");
    await plane.clock.advance(5_000);
    await plane.beat("worker-1", { session: "worker-1/2" });
    await plane.clock.advance(1_000 + retryBackoffMs);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 2, session: "worker-1/2" });
  });

  it("is dispatched again at once when the worker leaves without having claimed it", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("unclaimed");
    await plane.submit("claimed");
    await plane.claim("claimed");
    await plane.beat("worker-2");
    await plane.beat("worker-1", { leaving: true });
    await plane.clock.advance(1_000 + retryBackoffMs);
    expect(plane.jobs.get("unclaimed")).toMatchObject({ state: "DISPATCHED", epoch: 2, worker: "worker-2" });
    expect(plane.jobs.get("claimed")).toMatchObject({ state: "RUNNING", epoch: 1 });
  });

  it("is not judged by a scheduler that has not listened for a whole TTL", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    await plane.claim("a");
    await startScheduler(plane.environment("scheduler-2"), config, [reconciler]);
    plane.leaders.get("cordum:reconciler:default")?.term.abort();
    plane.bus.deaf.add("scheduler-1");
    await plane.clock.advance(workerTtlMs - 1);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RUNNING", epoch: 1 });
  });

  it("is not judged by a scheduler that has gone deaf", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    await plane.claim("a");
    await plane.pass(workerTtlMs, ["worker-1"]);
    plane.bus.deaf.add("scheduler-1");
    await plane.pass(5 * workerTtlMs, ["worker-1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RUNNING", epoch: 1 });
    plane.bus.deaf.delete("scheduler-1");
    await plane.pass(5 * workerTtlMs, ["worker-1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RUNNING", epoch: 1 });
    await plane.pass(3 * workerTtlMs);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RETRYING", epoch: 1, cause: "worker_lost" });
  });

  it("waits in RETRYING until there is a worker again, and goes to it at once", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    await plane.pass(3 * workerTtlMs);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RETRYING", cause: "worker_lost" });
    await plane.beat("worker-1", { session: "worker-1/2" });
    await plane.clock.advance(1_000);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 2, session: "worker-1/2" });
  });

  it("ends as FAILED when that was its last attempt", async () => {
    const plane = await planeWithScheduler({ overrides: { maxAttempts: 1 } });
    await plane.submit("a");
    await plane.pass(3 * workerTtlMs);
    expect(plane.jobs.get("a")).toMatchObject({ state: "FAILED", cause: "max_attempts" });
    expect(plane.deadLetters.get("a")?.cause).toBe("max_attempts");
  });

  it("is left alone when it moved between the look and the lock", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    plane.jobs.trap = (call, when, id) => {
      if (call === "open" && when === "before") plane.jobs.overwrite(id, { state: "SUCCEEDED" });
    };
    await plane.pass(3 * workerTtlMs);
    expect(plane.jobs.get("a")).toMatchObject({ state: "SUCCEEDED", epoch: 1 });
    expect(plane.counted("reconciled")).toBe(0);
  });
});

describe("what takes too long", () => {
  it("ends as TIMEOUT when no worker claims it, with a dead letter and word to the worker", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    await plane.pass(config.dispatchTimeoutMs - 5_000, ["worker-1"]);
    expect(plane.jobs.get("a").state).toBe("DISPATCHED");
    await plane.pass(reconcilerPollMs + 5_000, ["worker-1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "TIMEOUT", cause: "dispatch_timeout" });
    expect(plane.deadLetters.get("a")?.cause).toBe("dispatch_timeout");
    const told = plane.bus.broadcasts.filter(({ subject }) => subject === workerCancelSubject("worker-1"));
    expect(told.map(({ body }) => decodePacket("cancel", body)?.payload.job_id)).toEqual(["a"]);
    await plane.pass(2 * reconcilerPollMs, ["worker-1"]);
    expect(plane.jobs.isListed("a")).toBe(false);
  });

  it("ends as TIMEOUT when it runs for too long, counted from its claim", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    await plane.pass(200_000, ["worker-1"]);
    await plane.claim("a");
    await plane.pass(config.runningTimeoutMs - 5_000, ["worker-1"]);
    expect(plane.jobs.get("a").state).toBe("RUNNING");
    await plane.pass(reconcilerPollMs + 5_000, ["worker-1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "TIMEOUT", cause: "running_timeout" });
  });

  it("ends as TIMEOUT at its deadline", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a", { deadlineUnixMs: plane.jobs.storeUnixMs() + 60_000 });
    await plane.claim("a");
    await plane.pass(55_000, ["worker-1"]);
    expect(plane.jobs.get("a").state).toBe("RUNNING");
    await plane.pass(reconcilerPollMs + 5_000, ["worker-1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "TIMEOUT", cause: "deadline" });
  });

  it("is measured on the store's clock, whatever the scheduler's own wall clock says", async () => {
    for (const storeAheadMs of [-3_600_000, 3_600_000]) {
      const plane = await planeWithScheduler();
      plane.jobs.storeAheadMs = storeAheadMs;
      await plane.submit("a", { deadlineUnixMs: plane.jobs.storeUnixMs() + 600_000 });
      await plane.pass(config.dispatchTimeoutMs - 5_000, ["worker-1"]);
      expect(plane.jobs.get("a").state).toBe("DISPATCHED");
      await plane.pass(reconcilerPollMs + 5_000, ["worker-1"]);
      expect(plane.jobs.get("a")).toMatchObject({ state: "TIMEOUT", cause: "dispatch_timeout" });
    }
  });

  it("goes to a topic without a worker's name is only ever timed out", async () => {
    const plane = await planeWithScheduler();
    await plane.beat("worker-1", { active_jobs: 4 });
    await plane.submit("a");
    await plane.pass(config.dispatchTimeoutMs - 5_000);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 1 });
    await plane.pass(reconcilerPollMs + 5_000);
    expect(plane.jobs.get("a").cause).toBe("dispatch_timeout");
  });
});

describe("a promise that was not kept", () => {
  it("is kept by the sweep, however late, before its job is called late", async () => {
    const plane = await planeWithScheduler({ parts: [] });
    plane.bus.trap = (_, { subject }) => {
      if (subject === workerSubject("worker-1")) throw new Unavailable("the stream");
    };
    await plane.submit("a");
    await plane.pass(2 * config.dispatchTimeoutMs, ["worker-1"]);
    plane.bus.trap = () => {};
    await startScheduler(plane.environment("scheduler-2"), config, [reconciler]);
    await plane.beat("worker-1");
    // It has seen no write of the store yet, so it counts from when it first saw the record.
    await plane.pass(2 * reconcilerPollMs, ["worker-1"]);
    expect(plane.bus.on(workerSubject("worker-1")).map(({ id }) => id)).toEqual(["dispatch:a:1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", outbox: [] });
    expect(plane.counted("reconciled", { cause: "undelivered" })).toBe(1);
  });

  it("and cannot be kept does not keep its job from ending", async () => {
    const plane = await planeWithScheduler();
    plane.bus.trap = (_, { subject }) => {
      if (subject === workerSubject("worker-1")) throw new Unavailable("the stream");
    };
    await plane.submit("a");
    await plane.pass(config.dispatchTimeoutMs + 2 * reconcilerPollMs, ["worker-1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "TIMEOUT", cause: "dispatch_timeout" });
  });

  it("is kept also for a job that has ended", async () => {
    const plane = await planeWithScheduler();
    await plane.store("a");
    const outbox = [{ revision: 1, intents: [{ kind: "dead-letter", cause: "late" } as const] }];
    plane.jobs.overwrite("a", { state: "FAILED", outbox });
    await plane.pass(3 * reconcilerPollMs, ["worker-1"]);
    expect(plane.deadLetters.get("a")?.cause).toBe("late");
    expect(plane.jobs.isListed("a")).toBe(false);
  });
});

describe("the reconciler", () => {
  it("forgets jobs that are gone", async () => {
    const plane = await planeWithScheduler();
    await plane.store("a");
    plane.jobs.lose("a");
    await plane.pass(2 * reconcilerPollMs);
    expect(plane.jobs.isListed("a")).toBe(false);
  });

  it("goes on with the others when one job cannot be visited", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    await plane.submit("b");
    plane.jobs.trap = (call, _, id) => {
      if (call === "read" && id === "a") throw new Error("a record that cannot be read");
    };
    await plane.pass(config.dispatchTimeoutMs + 2 * reconcilerPollMs, ["worker-1"]);
    expect(plane.jobs.get("a").state).toBe("DISPATCHED");
    expect(plane.jobs.get("b").state).toBe("TIMEOUT");
    expect(plane.logged.some(({ message }) => message === "visits of jobs failed")).toBe(true);
  });

  it("works in one replica only, and in another one when that one loses its lease", async () => {
    const plane = new MemoryPlane();
    for (const id of ["scheduler-1", "scheduler-2"]) await startScheduler(plane.environment(id), config, [reconciler]);
    await plane.clock.advance(reconcilerPollMs);
    const first = plane.leaders.get("cordum:reconciler:default");
    first?.term.abort();
    plane.leaders.delete("cordum:reconciler:default");
    await plane.clock.advance(1_000);
    expect(plane.leaders.get("cordum:reconciler:default")?.instance).toBe("scheduler-2");
  });

  it("does nothing when it is left out", async () => {
    const plane = await planeWithScheduler({ parts: [] });
    await plane.submit("a");
    await plane.pass(config.dispatchTimeoutMs + 2 * reconcilerPollMs, ["worker-1"]);
    expect(plane.jobs.get("a").state).toBe("DISPATCHED");
  });
});
