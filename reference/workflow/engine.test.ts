import { describe, expect, it } from "vitest";

import { decodePacket } from "../domain/packets.ts";
import { resultSubject, workflowCommandSubject, workflowEventSubject, workflowQueue } from "../domain/subjects.ts";
import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { config, steps, WorkflowPlane } from "./workflow-plane.test-support.ts";

describe("a workflow engine", () => {
  it("leads a run to its end, step by step, and tells everybody", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { first: steps.worker(), second: steps.worker("first") });
    expect(plane.submitted()).toEqual(["run:first@1"]);
    await plane.finish("run:first@1", { result: '"done"' });
    expect(plane.submitted()).toEqual(["run:first@1", "run:second@1"]);
    await plane.finish("run:second@1");
    expect([plane.state("run"), plane.runs.get("run").outbox]).toEqual(["succeeded", []]);
    const told = plane.plane.bus.broadcasts.filter(({ subject }) => subject === workflowEventSubject);
    const states = told.map(({ body }) => decodePacket("run-event", body)?.payload.state);
    expect(states).toEqual(["running", "running", "succeeded"]);
    expect(plane.plane.counted("workflowSteps", { type: "worker", state: "succeeded" })).toBe(2);
    expect((await plane.runs.timeline("run")).map(({ event }) => event)).toContain("run_succeeded");
  });

  it("gives a job its tenant, its trace and where it belongs", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { first: steps.worker() });
    expect(plane.plane.jobs.get("run:first@1")).toMatchObject({
      ...{ state: "PENDING", topic: "job.echo", tenant: "tenant", traceId: "trace", outbox: [] },
      labels: { workflow_id: "pipeline", run_id: "run", step_id: "first" },
    });
  });

  it("carries out decisions and cancellations", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("approved", { ask: steps.approval() });
    await plane.start("rejected", { ask: steps.approval() });
    await plane.start("cancelled", { work: steps.worker() });
    await plane.command({ run_id: "approved", command: "approve", step: "ask" });
    await plane.command({ run_id: "rejected", command: "reject", step: "ask" });
    await plane.command({ run_id: "cancelled", command: "cancel" });
    expect(["approved", "rejected", "cancelled"].map((run) => plane.state(run))).toEqual([
      ...["succeeded", "failed", "cancelled"],
    ]);
    expect(plane.runs.get("approved").run.steps["ask"]?.decidedBy).toBe("somebody");
    expect(plane.cancelled()).toEqual(["cancelled:work@1"]);
  });

  it("keeps a trace of a command for a run that is not there, and of one that nobody can read", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.command({ run_id: "lost", command: "start" });
    await plane.command({ run_id: "run", command: "approve" });
    plane.plane.bus.publish({ subject: workflowCommandSubject, body: "{" });
    await plane.settle();
    const letters = [...plane.plane.deadLetters.values()].map(({ cause }) => cause);
    expect(letters).toEqual(["run_missing", "unreadable_message", "unreadable_message"]);
  });

  it("takes no notice of the results of jobs that belong to no run", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    plane.plane.jobs.trap = (call) => {
      throw new Error(`${call} was asked for`);
    };
    await plane.tell("job-7");
    expect(plane.plane.bus.waiting({ queue: workflowQueue, subject: resultSubject })).toBe(0);
    expect(plane.plane.clock.pending).toBe(0);
  });
});

describe("a worker's word", () => {
  it("is not believed: the job's record decides, as soon as a scheduler has written it", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { work: steps.worker() });
    await plane.tell("run:work@1");
    expect(plane.steps("run")).toEqual({ work: "running" });
    plane.end("run:work@1", { state: "TIMEOUT", cause: "deadline" });
    await plane.plane.clock.advance(100);
    expect(plane.steps("run")).toEqual({ work: "failed" });
  });

  it("is handed back for some seconds, and then forgotten: the reconciler reads the record", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { work: steps.worker() });
    let looks = 0;
    plane.plane.jobs.trap = (call, when) => {
      if (call === "read" && when === "before") looks += 1;
    };
    await plane.tell("run:work@1");
    await plane.plane.clock.advance(60_000);
    expect(looks).toBe(8);
    expect(plane.plane.clock.pending).toBe(0);
  });

  it("about a job that is tried again is not waited for: the next attempt has its own", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { work: steps.worker() });
    plane.end("run:work@1", { state: "RETRYING" });
    await plane.tell("run:work@1");
    expect(plane.plane.clock.pending).toBe(0);
  });

  it.each(["DENIED", "OUTPUT_QUARANTINED"] as const)("counts as a failure when the job is %s", async (state) => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { work: steps.worker() });
    await plane.finish("run:work@1", { state });
    expect(plane.runs.get("run").run.steps["work"]).toMatchObject({ state: "failed" });
  });
});

describe("events that come while a run is worked on", () => {
  it("are applied together, so that many jobs ending at once cost few writes", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { all: steps.forEach(30) });
    const before = plane.runs.saves.length;
    for (const job of plane.submitted()) plane.end(job);
    for (const job of plane.submitted()) plane.plane.bus.publish({ subject: resultSubject, body: resultText(job) });
    await plane.settle();
    expect(plane.state("run")).toBe("succeeded");
    expect(plane.runs.saves.length - before).toBeLessThanOrEqual(3);
  });

  it("fail together when Redis is away, and come again", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { all: steps.forEach(3) });
    for (const job of plane.submitted()) plane.end(job);
    plane.runs.trap = (call) => {
      if (call === "open") throw new Error("Redis is away");
    };
    for (const job of plane.submitted()) await plane.tell(job);
    expect(plane.state("run")).toBe("running");
    plane.runs.trap = () => {};
    await plane.plane.clock.advance(1_000);
    expect(plane.state("run")).toBe("succeeded");
  });
});

describe("a stopping engine", () => {
  it("finishes what it has begun, hands back the rest, and gives up its leases after that", async () => {
    const plane = new WorkflowPlane();
    const engine = await plane.engine("workflow-1");
    await plane.settle();
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    plane.runs.trap = (call, when) => (call === "open" && when === "after" ? answered : undefined);
    await plane.start("run", { work: steps.worker() });
    const stopped = engine.stop();
    await quiet();
    expect(plane.plane.leaders.size).toBe(2);
    await plane.start("next", { work: steps.worker() });
    answer();
    await stopped;
    expect([plane.state("run"), plane.state("next")]).toEqual(["running", "pending"]);
    expect(plane.plane.bus.waiting({ queue: workflowQueue, subject: workflowCommandSubject })).toBe(1);
    expect([plane.plane.leaders.size, plane.plane.held.size, plane.plane.clock.pending]).toEqual([0, 0, 0]);
  });

  it("leaves its delays to the next one", async () => {
    const plane = new WorkflowPlane();
    const first = await plane.engine("workflow-1");
    await plane.start("run", { wait: steps.delay(60_000) });
    await first.stop();
    await plane.engine("workflow-2");
    await plane.plane.clock.advance(60_000 + 2 * config.delayPollMs);
    expect(plane.state("run")).toBe("succeeded");
    expect(plane.timers.moments.size).toBe(0);
  });

  it("does not start when it cannot consume one of its subjects, and leaves nothing behind", async () => {
    const plane = new WorkflowPlane();
    const { bus } = plane.environment("workflow-1");
    const consume: typeof bus.consume = (options, handler) =>
      options.subject === resultSubject ? Promise.reject(new Error("no such stream")) : bus.consume(options, handler);
    await expect(plane.engine("workflow-1", {}, { bus: { ...bus, consume } })).rejects.toThrow("no such stream");
    await plane.start("run", { work: steps.worker() });
    expect(plane.plane.bus.waiting({ queue: workflowQueue, subject: workflowCommandSubject })).toBe(1);
    expect(plane.plane.clock.pending).toBe(0);
  });
});

function resultText(job: string): string {
  const payload = { job_id: job, epoch: 1, worker_id: "w", session: "s", status: "SUCCEEDED", execution_ms: 1 };
  return JSON.stringify({ protocol_version: 1, kind: "result", trace_id: "t", sender_id: "w", payload });
}
