import { describe, expect, it } from "vitest";

import type { Job, Jobs } from "../ports/mod.ts";
import { methodsOf } from "./ports.test-support.ts";
import { steps, WorkflowPlane } from "./workflow-plane.test-support.ts";

async function planeWithJob(jobs?: (plane: WorkflowPlane) => Jobs): Promise<WorkflowPlane> {
  const plane = new WorkflowPlane();
  await plane.follower("workflow-1", jobs ? { jobs: jobs(plane) } : {});
  await plane.start("run", { work: steps.worker() });
  return plane;
}

const cancel = (plane: WorkflowPlane): Promise<void> => plane.command({ run_id: "run", command: "cancel" });
const jobOf = (plane: WorkflowPlane): Job => plane.plane.jobs.get("run:work@1");

describe("a step's job that is cancelled", () => {
  it("ends as CANCELLED in its record, and the schedulers are told, with the worker that has it", async () => {
    const plane = await planeWithJob();
    plane.end("run:work@1", { state: "RUNNING", epoch: 1, worker: "worker-1", session: "worker-1/1" });
    await cancel(plane);
    expect(jobOf(plane)).toMatchObject({ state: "CANCELLED", cause: "cancelled", worker: "worker-1", outbox: [] });
    expect(plane.cancelled()).toEqual(["run:work@1"]);
  });

  it("stays as it ended, if it has", async () => {
    const plane = await planeWithJob();
    plane.end("run:work@1");
    await cancel(plane);
    expect([plane.state("run"), jobOf(plane).state, plane.cancelled()]).toEqual(["cancelled", "SUCCEEDED", []]);
  });

  it("is cancelled on its newest record when somebody writes in between", async () => {
    const plane = await planeWithJob();
    plane.plane.jobs.trap = async (call, when) => {
      if (call !== "advance" || when !== "before") return;
      plane.plane.jobs.trap = () => {};
      await plane.plane.jobs.open("run:work@1");
    };
    await cancel(plane);
    expect(plane.plane.jobs.changes.map(({ accepted }) => accepted)).toEqual([false, true]);
    expect(jobOf(plane).state).toBe("CANCELLED");
  });

  it("is left to the reconciler when the race is lost each time", async () => {
    const losing = (plane: WorkflowPlane): Jobs => {
      const jobs = methodsOf<Jobs>(plane.plane.jobs);
      return { ...jobs, advance: () => Promise.resolve({ accepted: false, state: "PENDING", revision: 9 }) };
    };
    const plane = await planeWithJob(losing);
    await cancel(plane);
    expect([jobOf(plane).state, plane.runs.get("run").outbox.length]).toEqual(["PENDING", 1]);
  });
});
