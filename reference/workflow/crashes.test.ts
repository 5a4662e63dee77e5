import { describe, expect, it } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { Unavailable, type Jobs, type Runs } from "../ports/mod.ts";
import { withFreshChildIds } from "../without/deterministic-child-ids.ts";
import { withoutStepOutbox } from "../without/step-outbox.ts";
import type { EngineOptions } from "./engine.ts";
import { dyingAt, hang, methodsOf } from "./ports.test-support.ts";
import { runLockKey } from "./with-run-lock.ts";
import { config, steps, WorkflowPlane } from "./workflow-plane.test-support.ts";

describe("an engine that dies between storing a change and submitting the step's job", () => {
  async function killedAfterSave(leaveOut: (runs: Runs) => Runs): Promise<WorkflowPlane> {
    const plane = new WorkflowPlane();
    const dying = await plane.follower("workflow-1", { runs: leaveOut(dyingAt(plane.runs, "save", "after")) });
    await plane.start("run", { work: steps.worker() });
    expect([plane.state("run"), plane.submitted()]).toEqual(["running", []]);
    await dying.stop();
    await plane.engine("workflow-2", {}, { runs: leaveOut(methodsOf(plane.runs)) });
    await plane.plane.clock.advance(2 * config.workflowScanMs);
    return plane;
  }

  it("leaves a promise, which the reconciler keeps", async () => {
    const plane = await killedAfterSave((runs) => runs);
    expect(plane.submitted()).toEqual(["run:work@1"]);
    expect(plane.plane.counted("outboxDelivered", { path: "sweep" })).toBe(1);
    await plane.finish("run:work@1");
    expect(plane.state("run")).toBe("succeeded");
  });

  it("leaves a step that is never done when the outbox is left out", async () => {
    const plane = await killedAfterSave(withoutStepOutbox);
    await plane.plane.clock.advance(60_000);
    expect([plane.state("run"), plane.submitted()]).toEqual(["running", []]);
  });
});

describe("an engine that dies between submitting a step's job and settling that", () => {
  async function killedBeforeSettle(options: EngineOptions): Promise<WorkflowPlane> {
    const plane = new WorkflowPlane();
    const runs = dyingAt(plane.runs, "settle", "before");
    const dying = await plane.engine("workflow-1", { parts: [], ...options }, { runs });
    await plane.start("run", { work: steps.worker() });
    await dying.stop();
    await plane.engine("workflow-2", options);
    await plane.plane.clock.advance(2 * config.workflowScanMs);
    expect(plane.runs.get("run").outbox).toEqual([]);
    return plane;
  }

  it("has another submit the same job, which is there already", async () => {
    const plane = await killedBeforeSettle({});
    expect(plane.submitted()).toEqual(["run:work@1"]);
  });

  it("has another submit another job when ids are left to chance", async () => {
    const plane = await killedBeforeSettle(withFreshChildIds(seededRandom("ids")));
    expect(plane.submitted()).toHaveLength(2);
  });
});

describe("an engine that dies between making a job and handing it over", () => {
  it("is followed by one that finds the job made, and hands it over", async () => {
    const plane = new WorkflowPlane();
    const { outbox } = plane.environment("workflow-1");
    await plane.follower("workflow-1", { outbox: { ...outbox, deliver: () => Promise.reject(new Error("killed")) } });
    await plane.start("run", { work: steps.worker() });
    expect([plane.submitted(), plane.plane.jobs.get("run:work@1").outbox.length]).toEqual([[], 1]);
    await plane.engine("workflow-2");
    await plane.plane.clock.advance(2 * config.workflowScanMs);
    expect([plane.submitted(), plane.plane.jobs.get("run:work@1").outbox]).toEqual([["run:work@1"], []]);
  });
});

describe("a run that is cancelled while its jobs are being submitted", () => {
  it("has every job made before it is cancelled, and none that nobody cancels", async () => {
    const plane = new WorkflowPlane();
    const jobs = methodsOf<Jobs>(plane.plane.jobs);
    const create: typeof jobs.create = (job, intents) =>
      job.id === "run:all[0]@1" ? jobs.create(job, intents) : hang();
    await plane.follower("workflow-1", { jobs: { ...jobs, create } });
    await plane.start("run", { all: steps.forEach(4) });
    expect(plane.submitted()).toEqual(["run:all[0]@1"]);
    plane.plane.held.get(runLockKey("run"))?.lose();
    // The first engine sleeps on, and takes one message in two with it.
    await plane.follower("workflow-2");
    await plane.follower("workflow-3");
    await plane.command({ run_id: "run", command: "cancel" });
    expect(plane.state("run")).toBe("cancelled");
    expect(plane.submitted()).toHaveLength(4);
    expect(plane.cancelled().toSorted()).toEqual(plane.submitted().toSorted());
  });

  it("has a job made and cancelled, in this order, that is to be made and cancelled in one step", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { ask: steps.approval(), work: steps.worker("ask") });
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    plane.runs.trap = (call, when) => (call === "open" && when === "before" ? answered : undefined);
    await plane.command({ run_id: "run", command: "reject", step: "nothing" });
    await plane.command({ run_id: "run", command: "approve", step: "ask" });
    await plane.command({ run_id: "run", command: "cancel" });
    answer();
    await plane.settle();
    expect(plane.runs.saves.at(-1)?.change.intents.map(({ kind }) => kind)).toEqual(["submit-job", "cancel-job"]);
    expect([plane.state("run"), plane.submitted(), plane.cancelled()]).toEqual([
      ...["cancelled", ["run:work@1"], ["run:work@1"]],
    ]);
  });

  it("keeps its later promises back for as long as an earlier one cannot be kept", async () => {
    const plane = new WorkflowPlane();
    const { runTimers } = plane.environment("workflow-1");
    let away = true;
    const set: typeof runTimers.set = (run, unixMs) =>
      away ? Promise.reject(new Unavailable("Redis")) : runTimers.set(run, unixMs);
    await plane.engine("workflow-1", {}, { runTimers: { ...methodsOf(runTimers), set } });
    await plane.start("run", { work: steps.worker(), wait: steps.delay(60_000) });
    await plane.command({ run_id: "run", command: "cancel" });
    const owed = plane.runs.get("run").outbox.map(({ version }) => version);
    expect([plane.state("run"), owed, plane.cancelled()]).toEqual(["cancelled", [2, 3], []]);
    away = false;
    await plane.plane.clock.advance(2 * config.workflowScanMs);
    expect(plane.cancelled()).toEqual(["run:work@1"]);
    expect([plane.runs.get("run").outbox, plane.runs.isListed("run")]).toEqual([[], false]);
  });
});

describe("an entry that cannot be settled", () => {
  it("is delivered again each time that the run is looked at, and no oftener", async () => {
    const plane = new WorkflowPlane();
    const runs: Runs = { ...methodsOf<Runs>(plane.runs), settle: () => Promise.reject(new Error("Redis is away")) };
    await plane.engine("workflow-1", {}, { runs });
    await plane.start("run", { wait: steps.delay(10_000), work: steps.worker("wait") });
    const rounds = 10;
    await plane.plane.clock.advance(10_000 + rounds * config.workflowScanMs);
    expect(plane.submitted()).toEqual(["run:work@1"]);
    expect(plane.plane.counted("outboxDelivered", { path: "sweep" })).toBeLessThan(10 * rounds);
  });
});
