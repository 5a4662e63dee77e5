import { describe, expect, it } from "vitest";

import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { config, steps, WorkflowPlane } from "./workflow-plane.test-support.ts";
import { reconciler } from "./reconciler.ts";

const { workflowScanMs } = config;
const leaseKey = "cordum:workflow-engine:reconciler:default";

async function planeWithReconciler(): Promise<WorkflowPlane> {
  const plane = new WorkflowPlane();
  await plane.engine("workflow-1", { parts: [reconciler] });
  await plane.settle();
  return plane;
}

describe("the reconciler", () => {
  it("starts a run whose start nobody was told of", async () => {
    const plane = await planeWithReconciler();
    await plane.store("run", { work: steps.worker() });
    await plane.plane.clock.advance(workflowScanMs);
    expect([plane.state("run"), plane.submitted()]).toEqual(["running", ["run:work@1"]]);
    expect(plane.plane.counted("workflowReconciled", { cause: "due" })).toBe(1);
  });

  it.each(["SUCCEEDED", "FAILED", "TIMEOUT", "CANCELLED", "DENIED", "OUTPUT_QUARANTINED"] as const)(
    "finds a job that ended as %s, though no worker ever said so",
    async (state) => {
      const plane = await planeWithReconciler();
      await plane.start("run", { work: steps.worker() });
      plane.end("run:work@1", { state });
      await plane.plane.clock.advance(workflowScanMs);
      expect(plane.state("run")).toBe(state === "SUCCEEDED" ? "succeeded" : "failed");
      expect(plane.plane.counted("workflowReconciled", { cause: "job_ended" })).toBe(1);
    },
  );

  it("visits every unfinished run, the oldest first, however many there are", async () => {
    const plane = new WorkflowPlane();
    const count = 2 * config.workflowScanLimit + 50;
    const createdUnixMs = plane.plane.clock.unixMs() - count;
    for (let index = 0; index < count; index++) {
      await plane.store(`run-${index}`, { wait: steps.approval() }, { createdUnixMs: createdUnixMs + index });
    }
    const visited: string[] = [];
    plane.runs.trap = (call, when, id) => {
      if (call === "open" && when === "before") visited.push(id);
    };
    await plane.engine("workflow-1", { parts: [reconciler] });
    await plane.plane.clock.advance(1_000);
    expect(visited).toEqual(Array.from({ length: count }, (_, index) => `run-${index}`));
    expect(plane.state("run-0")).toBe("waiting");
  });

  it("leaves runs alone that are well: they are read, and not opened", async () => {
    const plane = await planeWithReconciler();
    await plane.start("run", { work: steps.worker() });
    const { epoch } = plane.runs.get("run");
    await plane.plane.clock.advance(3 * workflowScanMs);
    expect(plane.runs.get("run").epoch).toBe(epoch);
  });

  it("forgets what has ended and owes nothing, and what is gone", async () => {
    const plane = await planeWithReconciler();
    await plane.start("run", { work: steps.worker() });
    await plane.finish("run:work@1");
    await plane.plane.clock.advance(workflowScanMs);
    expect(plane.runs.isListed("run")).toBe(false);
  });

  it("gives up a job whose record the store has lost, after the time that any job may take", async () => {
    const plane = await planeWithReconciler();
    await plane.start("run", { work: steps.worker() });
    plane.plane.jobs.lose("run:work@1");
    const patienceMs = config.dispatchTimeoutMs + config.runningTimeoutMs;
    await plane.plane.clock.advance(patienceMs);
    expect(plane.state("run")).toBe("running");
    await plane.plane.clock.advance(2 * workflowScanMs);
    expect(plane.runs.get("run").run.steps["work"]).toMatchObject({ state: "failed", cause: "record_missing" });
  });

  it("is not held up by a run that cannot be read", async () => {
    const plane = await planeWithReconciler();
    await plane.store("broken", { work: steps.worker() });
    await plane.store("run", { work: steps.worker() });
    plane.runs.trap = (call, _, id) => {
      if (call === "read" && id === "broken") throw new Error("unreadable");
    };
    await plane.plane.clock.advance(workflowScanMs);
    expect(plane.state("run")).toBe("running");
    expect(plane.plane.logged).toContainEqual({
      ...{ level: "warn", message: "visits of runs failed" },
      facts: { visits: 2, failed: 1, first: "unreadable" },
    });
  });

  it("is followed by another one when its leader is gone", async () => {
    const plane = await planeWithReconciler();
    await plane.engine("workflow-2", { parts: [reconciler] });
    expect(plane.plane.leaders.get(leaseKey)?.instance).toBe("workflow-1");
    plane.plane.leaders.get(leaseKey)?.term.abort();
    await quiet();
    plane.plane.leaders.set(leaseKey, { instance: "workflow-2", term: new AbortController() });
    await plane.store("run", { work: steps.worker() });
    plane.plane.leaders.delete(leaseKey);
    await plane.plane.clock.advance(2 * workflowScanMs);
    expect(plane.state("run")).toBe("running");
  });
});
