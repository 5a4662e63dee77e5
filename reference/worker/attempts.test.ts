import { describe, expect, it } from "vitest";

import { decodePacket } from "../domain/packets.ts";
import { resultSubject } from "../domain/subjects.ts";
import { OutcomeUnknown, Unavailable, type Message } from "../ports/mod.ts";
import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { MemoryPlane } from "../scheduler/memory-plane.test-support.ts";
import { config, deliver, dispatch, HeldWork, mine, results, shared, start } from "./worker-under-test.test-support.ts";
import { startWorker } from "./worker.ts";
import { Retryable, type Work } from "./work.ts";

describe("an attempt", () => {
  it("is claimed, done with its payload and epoch, and reported under an id that carries the epoch", async () => {
    const held = new HeldWork();
    const { plane, worker } = await start(held.work);
    await dispatch(plane, "a", mine.subject, 3);
    expect(plane.jobs.get("a")).toMatchObject({ state: "RUNNING", worker: "worker-1" });
    expect(held.attempts).toMatchObject([{ job: "a", epoch: 3, topic: "job.echo", payload: { hello: "a" } }]);
    expect(worker.activeJobs).toBe(1);
    await held.end("a", { answer: 42 });
    const [message] = plane.bus.on(resultSubject);
    expect(message?.id).toBe("result:a:3");
    const { session } = plane.jobs.get("a");
    const told = {
      job_id: "a",
      epoch: 3,
      worker_id: "worker-1",
      session,
      status: "SUCCEEDED",
      result: '{"answer":42}',
    };
    expect(results(plane)).toMatchObject([told]);
    expect(decodePacket("result", message?.body ?? "")?.trace_id).toBe("trace-a");
    expect(worker.activeJobs).toBe(0);
  });

  it("shows its sinks the token that it is given for its epoch", async () => {
    const plane = new MemoryPlane();
    const epochs: number[] = [];
    const work: Work = ({ epoch }) => Promise.resolve(void epochs.push(epoch));
    await startWorker(plane.environment("worker-1"), config, work, { token: () => 1 });
    await dispatch(plane, "a", mine.subject, 7);
    expect(epochs).toEqual([1]);
    expect(results(plane)).toMatchObject([{ epoch: 7 }]);
  });

  it("starts once, however often its message comes", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    await dispatch(plane, "a");
    await deliver(plane, "a");
    await held.end("a");
    await deliver(plane, "a");
    expect(held.jobs).toEqual(["a"]);
    expect(plane.counted("refusedClaims")).toBe(2);
    expect(results(plane)).toHaveLength(1);
    expect(plane.bus.waiting(mine)).toBe(0);
  });

  it("does not start when its epoch has passed", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    await dispatch(plane, "a", mine.subject, 2);
    await held.end("a");
    await deliver(plane, "a", mine.subject, 1);
    expect(held.jobs).toEqual(["a"]);
    expect(plane.counted("refusedClaims")).toBe(1);
  });

  it("comes from the topics as well as from the worker's own subject", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    await dispatch(plane, "a", shared.subject);
    expect(held.jobs).toEqual(["a"]);
  });

  it("whose message nobody can read is dead-lettered", async () => {
    const { plane } = await start(new HeldWork().work);
    plane.bus.publish({ subject: mine.subject, body: "{}" });
    await quiet();
    expect([...plane.deadLetters.keys()]).toEqual([expect.stringMatching(/^msg:CORDUM_JOBS:/)]);
    expect(plane.counted("poisonMessages", { subject: mine.subject })).toBe(1);
  });
});

describe("a claim", () => {
  it("whose answer was lost is repeated with its token, and starts the attempt once", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    let lost = 0;
    plane.jobs.trap = (call, when) => {
      if (call === "claim" && when === "after" && lost++ < 3) throw new OutcomeUnknown("Redis");
    };
    await dispatch(plane, "a");
    await plane.clock.advance(5_000);
    expect(held.jobs).toEqual(["a"]);
    expect(plane.counted("refusedClaims")).toBe(0);
  });

  it("that stays unknown gives the epoch up, under a message id of its own", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    plane.jobs.trap = (call, when) => {
      if (call === "claim" && when === "after") throw new OutcomeUnknown("Redis");
    };
    await dispatch(plane, "a");
    await plane.clock.advance(60_000);
    expect(held.jobs).toEqual([]);
    expect(results(plane)).toMatchObject([{ epoch: 1, status: "FAILED_RETRYABLE", error_code: "claim_unresolved" }]);
    expect(plane.bus.on(resultSubject)[0]?.id).not.toBe("result:a:1");
  });

  it("that surely never left is made again with the next delivery", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    plane.jobs.trap = (call) => {
      if (call === "claim") throw new Unavailable("Redis");
    };
    await dispatch(plane, "a");
    await plane.clock.advance(30_000);
    expect(results(plane)).toEqual([]);
    plane.jobs.trap = () => {};
    await plane.clock.advance(30_000);
    expect(held.jobs).toEqual(["a"]);
  });
});

describe("an outcome", () => {
  it.each([
    ["nothing", undefined, { status: "SUCCEEDED" }],
    ["any JSON value", [1, "two"], { status: "SUCCEEDED", result: '[1,"two"]' }],
    ["just not too much", "x".repeat(512 * 1024 - 2), { status: "SUCCEEDED" }],
    ["too much", "x".repeat(512 * 1024 - 1), { status: "FAILED", error_code: "result_too_large" }],
    ["too much in bytes", "é".repeat(256 * 1024), { status: "FAILED", error_code: "result_too_large" }],
    ["what JSON cannot tell", 1n, { status: "FAILED", error_code: "work_failed" }],
  ])("can be %s", async (_, value, outcome) => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    await dispatch(plane, "a");
    await held.end("a", value);
    expect(results(plane)).toMatchObject([outcome]);
  });

  it.each([
    ["a failure", new Error("broken"), { status: "FAILED", error_code: "work_failed", error_message: "broken" }],
    ["a failure's code", Object.assign(new Error("gone"), { code: "ENOENT" }), { error_code: "ENOENT" }],
    ["a failure to retry", new Retryable("busy"), { status: "FAILED_RETRYABLE", error_message: "busy" }],
    ["anything thrown", "a text", { status: "FAILED", error_message: "a text" }],
    ["few words", new Error("x".repeat(5_000)), { error_message: "x".repeat(1_000) }],
  ])("can be %s", async (_, thrown, outcome) => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    await dispatch(plane, "a");
    await held.fail("a", thrown);
    expect(results(plane)).toMatchObject([outcome]);
  });

  it("is a failure when the payload cannot be read", async () => {
    const held = new HeldWork();
    const { plane } = await start(held.work);
    await plane.store("a", { payload: "no JSON" });
    plane.jobs.overwrite("a", { state: "DISPATCHED", epoch: 1 });
    await deliver(plane, "a");
    expect(held.jobs).toEqual([]);
    expect(results(plane)).toMatchObject([{ status: "FAILED", error_code: "unreadable_payload" }]);
  });

  it("is published until the stream has it, and its message is not done before", async () => {
    const held = new HeldWork();
    const { plane, worker } = await start(held.work);
    let failures = 0;
    plane.bus.trap = (_: string, { subject }: Message) => {
      if (subject === resultSubject && failures++ < 5) throw new OutcomeUnknown("the stream");
    };
    await dispatch(plane, "a");
    await held.end("a");
    expect(results(plane)).toEqual([]);
    expect(worker.activeJobs).toBe(1);
    await plane.clock.advance(10_000);
    expect(results(plane)).toMatchObject([{ job_id: "a", status: "SUCCEEDED" }]);
    expect(worker.activeJobs).toBe(0);
  });
});
