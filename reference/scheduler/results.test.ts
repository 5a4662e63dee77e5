import { describe, expect, it } from "vitest";

import { encodePacket } from "../domain/packets.ts";
import { resultSubject, workerSubject } from "../domain/subjects.ts";
import { OutcomeUnknown } from "../ports/mod.ts";
import { configOf, MemoryPlane } from "./memory-plane.test-support.ts";
import { startScheduler } from "./scheduler.ts";

const config = configOf();

/** A plane with job `a` running at `worker-1`. No part is led, so that nothing but the messages moves it. */
async function planeWithRunningJob(overrides: Partial<typeof config> = {}): Promise<MemoryPlane> {
  const plane = new MemoryPlane();
  await startScheduler(plane.environment("scheduler-1"), { ...config, ...overrides }, []);
  await plane.beat("worker-1");
  await plane.submit("a");
  await plane.claim("a");
  return plane;
}

describe("a result", () => {
  it("ends its job", async () => {
    const plane = await planeWithRunningJob();
    await plane.report("a", { result: "42" });
    expect(plane.jobs.get("a")).toMatchObject({ state: "SUCCEEDED", result: "42", worker: "worker-1", epoch: 1 });
    expect(plane.deadLetters.size).toBe(0);
    expect(plane.counted("staleResults")).toBe(0);
  });

  it("that tells of a failure ends its job with a cause, the worker's words, and a dead letter", async () => {
    const plane = await planeWithRunningJob();
    await plane.report("a", { status: "FAILED", error_code: "no_such_file", error_message: "it is not there" });
    expect(plane.jobs.get("a")).toMatchObject({ state: "FAILED", cause: "no_such_file", outbox: [] });
    expect(JSON.parse(plane.jobs.get("a").result ?? "")).toEqual({ error: "it is not there" });
    expect(plane.deadLetters.get("a")).toMatchObject({ cause: "no_such_file", lastState: "FAILED", attempts: 1 });
  });

  it("that tells of a cancellation ends its job as CANCELLED", async () => {
    const plane = await planeWithRunningJob();
    await plane.report("a", { status: "CANCELLED" });
    expect(plane.jobs.get("a").state).toBe("CANCELLED");
  });

  it("is taken before the claim is known, as long as it is the current attempt's", async () => {
    const plane = new MemoryPlane();
    await startScheduler(plane.environment("scheduler-1"), config, []);
    await plane.beat("worker-1", { active_jobs: 4 });
    await plane.submit("a");
    await plane.report("a", { worker_id: "worker-7", session: "worker-7/1" });
    expect(plane.jobs.get("a")).toMatchObject({ state: "SUCCEEDED", worker: "worker-7", session: "worker-7/1" });
  });

  it.each([
    ["an older attempt", { epoch: 0 }],
    ["another worker", { worker_id: "worker-2" }],
    ["another life of the worker", { session: "worker-1/0" }],
  ])("of %s changes nothing", async (_, fields) => {
    const plane = await planeWithRunningJob();
    await plane.report("a", fields);
    expect(plane.jobs.get("a").state).toBe("RUNNING");
    expect(plane.counted("staleResults")).toBe(1);
  });

  it("of a job that has ended changes nothing", async () => {
    const plane = await planeWithRunningJob();
    await plane.report("a", { result: "1" });
    await plane.report("a", { result: "2" });
    expect(plane.jobs.get("a").result).toBe("1");
    expect(plane.counted("staleResults")).toBe(1);
  });

  it("with a status that nobody knows is dead-lettered", async () => {
    const plane = await planeWithRunningJob();
    await plane.report("a", { status: "DONE" as never });
    expect(plane.jobs.get("a").state).toBe("RUNNING");
    expect(plane.counted("poisonMessages", { subject: resultSubject })).toBe(1);
  });

  it("that comes again keeps what the record promised the first time", async () => {
    const plane = await planeWithRunningJob();
    plane.jobs.trap = (call, when) => {
      // The answer is lost, and with it the scheduler's knowledge of what it has promised.
      if (call === "advance" && when === "after") throw new OutcomeUnknown("Redis");
    };
    await plane.report("a", { status: "FAILED", error_code: "broken" });
    expect(plane.deadLetters.size).toBe(0);
    plane.jobs.trap = () => {};
    await plane.clock.advance(1_000);
    expect(plane.jobs.get("a")).toMatchObject({ state: "FAILED", cause: "broken" });
    expect(plane.deadLetters.get("a")?.cause).toBe("broken");
  });
});

describe("a failure that may be retried", () => {
  it("is retried after the backoff, under a new epoch", async () => {
    const plane = await planeWithRunningJob();
    await plane.report("a", { status: "FAILED_RETRYABLE", error_code: "busy" });
    expect(plane.jobs.get("a")).toMatchObject({ state: "RETRYING", epoch: 1, cause: "busy" });
    await plane.clock.advance(config.retryBackoffMs - 1);
    expect(plane.jobs.get("a").state).toBe("RETRYING");
    await plane.clock.advance(1);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 2, worker: "worker-1" });
    const dispatches = plane.bus.on(workerSubject("worker-1"));
    expect(dispatches.map((message) => message.id)).toEqual(["dispatch:a:1", "dispatch:a:2"]);
  });

  it("is counted once when its message comes twice", async () => {
    const plane = await planeWithRunningJob();
    const { epoch, worker = "", session = "" } = plane.jobs.get("a");
    const identity = { job_id: "a", epoch, worker_id: worker, session, execution_ms: 1 };
    const body = encodePacket("result", worker, "trace", { ...identity, status: "FAILED_RETRYABLE" });
    plane.bus.publish({ subject: resultSubject, body });
    plane.bus.publish({ subject: resultSubject, body });
    await plane.clock.advance(config.retryBackoffMs + 60_000);
    const paths = plane.jobs.changes.filter(({ accepted }) => accepted).map(({ change }) => change.path.join());
    expect(paths).toEqual(["SCHEDULED,DISPATCHED", "RETRYING", "SCHEDULED,DISPATCHED"]);
    expect(plane.counted("staleResults")).toBe(1);
  });

  it("is not retried by the timer of an earlier attempt, before its own backoff is over", async () => {
    const plane = await planeWithRunningJob();
    await plane.report("a", { status: "FAILED_RETRYABLE" });
    // Another replica was quicker, and the second attempt has failed as well.
    plane.jobs.overwrite("a", { epoch: 2 });
    await plane.clock.advance(config.retryBackoffMs);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RETRYING", epoch: 2 });
  });

  it("ends its job after the last attempt", async () => {
    const plane = await planeWithRunningJob({ maxAttempts: 2 });
    await plane.report("a", { status: "FAILED_RETRYABLE" });
    await plane.clock.advance(config.retryBackoffMs);
    await plane.claim("a");
    await plane.report("a", { status: "FAILED_RETRYABLE" });
    expect(plane.jobs.get("a")).toMatchObject({ state: "FAILED", cause: "max_attempts", epoch: 2 });
    expect(plane.deadLetters.get("a")?.cause).toBe("max_attempts");
  });

  it("is not retried when the worker succeeded after all, having been given up too early", async () => {
    const plane = await planeWithRunningJob();
    plane.jobs.overwrite("a", { state: "RETRYING" });
    await plane.report("a");
    expect(plane.jobs.get("a")).toMatchObject({ state: "SUCCEEDED", epoch: 1 });
  });

  it("forgets the worker of the attempt before when the next one goes to the topic", async () => {
    const plane = await planeWithRunningJob();
    await plane.report("a", { status: "FAILED_RETRYABLE" });
    await plane.beat("worker-1", { active_jobs: 4 });
    await plane.clock.advance(config.retryBackoffMs);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 2 });
    expect(plane.jobs.get("a")).not.toHaveProperty("worker");
    expect(plane.jobs.get("a")).not.toHaveProperty("session");
  });
});
