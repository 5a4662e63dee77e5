import { describe, expect, it } from "vitest";

import { encodePacket } from "../domain/packets.ts";
import { rollCallSubject } from "../domain/roll-call.ts";
import { workerCancelSubject } from "../domain/subjects.ts";
import { Unavailable } from "../ports/mod.ts";
import { quiet } from "../scheduler/manual-clock.test-support.ts";
import {
  config,
  dispatch,
  HeldWork,
  heartbeats,
  mine,
  results,
  shared,
  start,
} from "./worker-under-test.test-support.ts";
import { startWorker } from "./worker.ts";

describe("a cancellation", () => {
  it("aborts the job's attempt and no other, and is reported", async () => {
    const held = new HeldWork();
    const { plane, worker } = await start(held.work);
    await dispatch(plane, "a");
    await dispatch(plane, "b");
    const cancel = { job_id: "a", reason: "cancelled_by_client", requested_by: "tenant" };
    plane.bus.broadcast(workerCancelSubject("worker-1"), encodePacket("cancel", "scheduler-1", "trace", cancel));
    expect(held.attempts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    await quiet();
    expect(results(plane)).toEqual([]);
    expect(worker.activeJobs).toBe(2);
    await held.end("a", "too late");
    expect(results(plane)).toMatchObject([{ job_id: "a", status: "CANCELLED" }]);
  });

  it("that overtakes the answer to the claim keeps the work from starting", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    plane.jobs.trap = (call, when) => (call === "claim" && when === "after" ? answered : undefined);
    await dispatch(plane, "a");
    const cancel = { job_id: "a", reason: "deadline", requested_by: "scheduler-1" };
    plane.bus.broadcast(workerCancelSubject("worker-1"), encodePacket("cancel", "scheduler-1", "trace", cancel));
    answer();
    await quiet();
    expect(held.jobs).toEqual([]);
    expect(results(plane)).toMatchObject([{ job_id: "a", status: "CANCELLED" }]);
  });
});

describe("capacity", () => {
  it("bounds what runs at once over all subjects together", async () => {
    const held = new HeldWork();
    const { plane, worker } = await start(held.work);
    await dispatch(plane, "a");
    await dispatch(plane, "b", shared.subject);
    await dispatch(plane, "c");
    await dispatch(plane, "d", shared.subject);
    expect(held.jobs).toEqual(["a", "b"]);
    expect(worker.activeJobs).toBe(2);
    await held.end("b");
    expect(held.jobs).toEqual(["a", "b", "c"]);
    expect(worker.activeJobs).toBe(2);
    await held.end("a");
    await held.end("c");
    expect(held.jobs).toEqual(["a", "b", "c", "d"]);
  });

  it("that is not there is not waited for with a message that another worker could take", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    for (const job of ["a", "b"]) await dispatch(plane, job);
    await dispatch(plane, "c", shared.subject);
    const other = new HeldWork();
    await startWorker(plane.environment("worker-2"), config, other.work);
    expect(other.jobs).toEqual([]);
    await plane.clock.advance(2 * config.heartbeatMs);
    expect(other.jobs).toEqual(["c"]);
  });
});

describe("heartbeats", () => {
  it("begin with a handshake, and tell the worker's session, topics and load", async () => {
    const { plane } = await start(new HeldWork().work);
    const [handshake] = heartbeats(plane, "sys.handshake");
    expect(handshake).toMatchObject({ worker_id: "worker-1", topics: ["job.echo"], max_parallel_jobs: 2 });
    await dispatch(plane, "a");
    await plane.clock.advance(config.heartbeatMs);
    expect(heartbeats(plane)).toMatchObject([{ active_jobs: 1, session: plane.jobs.get("a").session }]);
    await plane.clock.advance(3 * config.heartbeatMs);
    expect(heartbeats(plane)).toHaveLength(4);
  });

  it("answer a roll call", async () => {
    const { plane } = await start(new HeldWork().work);
    plane.bus.broadcast(rollCallSubject, "");
    expect(heartbeats(plane)).toMatchObject([{ worker_id: "worker-1" }]);
  });

  it("have a new session in each life, and none in between", async () => {
    const { plane, worker } = await start(new HeldWork().work);
    await worker.stop();
    const before = plane.bus.broadcasts.length;
    plane.bus.broadcast(rollCallSubject, "");
    expect(plane.bus.broadcasts).toHaveLength(before + 1);
    await startWorker({ ...plane.environment("worker-1"), random: plane.environment("x").random }, config, () =>
      Promise.resolve(),
    );
    const sessions = heartbeats(plane, "sys.handshake").map(({ session }) => session);
    expect(new Set(sessions).size).toBe(2);
  });
});

describe("a stopping worker", () => {
  it("says so at once and goes on saying so, lets what runs end, and hands back the rest", async () => {
    const held = new HeldWork();
    const { plane, worker } = await start(held.work);
    for (const job of ["a", "b", "c"]) await dispatch(plane, job);
    const stopped = worker.stop();
    await quiet();
    expect(heartbeats(plane)).toMatchObject([{ leaving: true, active_jobs: 2 }]);
    await plane.clock.advance(config.heartbeatMs);
    expect(heartbeats(plane)).toMatchObject([{ leaving: true }, { leaving: true }]);
    await held.end("a", 1);
    await held.end("b", 2);
    await stopped;
    expect(results(plane).map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED"]);
    expect(held.jobs).toEqual(["a", "b"]);
    expect(plane.bus.waiting(mine)).toBe(1);
    expect(plane.clock.pending).toBe(0);
  });

  it("aborts what does not end in time, so that it is retried elsewhere", async () => {
    const held = new HeldWork();
    const { plane, worker } = await start(held.work);
    await dispatch(plane, "a");
    const stopped = worker.stop();
    await plane.clock.advance(config.shutdownTimeoutMs / 2);
    expect(held.attempts[0]?.signal.aborted).toBe(false);
    await plane.clock.advance(config.shutdownTimeoutMs / 2);
    await stopped;
    expect(held.attempts[0]?.signal.aborted).toBe(true);
    expect(results(plane)).toMatchObject([{ status: "FAILED_RETRYABLE", error_code: "worker_shutdown" }]);
  });

  it("keeps to its budget when it cannot report", async () => {
    const held = new HeldWork();
    const { plane, worker } = await start(held.work);
    await dispatch(plane, "b");
    await held.end("b");
    plane.bus.trap = () => {
      throw new Unavailable("NATS");
    };
    await dispatch(plane, "a");
    await held.end("a");
    let isStopped = false;
    const stopped = worker.stop().then(() => (isStopped = true));
    await plane.clock.advance(config.shutdownTimeoutMs);
    expect(isStopped).toBe(true);
    await stopped;
    expect(plane.logged).toContainEqual({ level: "warn", message: "shutdown cut short", facts: { attempts: 1 } });
  });
});
