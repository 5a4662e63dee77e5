import { describe, expect, it } from "vitest";

import { Unavailable, type Runs } from "../ports/mod.ts";
import { withoutRunVersions } from "../without/run-version.ts";
import { methodsOf } from "./ports.test-support.ts";
import { runBusyMs, runLockKey } from "./with-run-lock.ts";
import { steps, WorkflowPlane } from "./workflow-plane.test-support.ts";

describe("a run's lock", () => {
  it("keeps a second engine out, which comes back later", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    const lock = await plane.hold("run");
    await plane.start("run", { work: steps.worker() });
    await plane.plane.clock.advance(1_000);
    expect(plane.state("run")).toBe("pending");
    expect(plane.plane.counted("runLockWaits")).toBeGreaterThan(2);
    await lock.release();
    await plane.plane.clock.advance(1_000);
    expect(plane.state("run")).toBe("running");
  });

  it("is waited for at growing distances, up to a sixtieth of its TTL", () => {
    expect([1, 2, 3, 9].map((deliveries) => runBusyMs(deliveries, 30_000))).toEqual([50, 100, 200, 500]);
    expect(runBusyMs(9, 300)).toBe(50);
  });

  it("keeps nobody out when it is left out, and every other lock still does", async () => {
    const plane = new WorkflowPlane();
    await plane.hold("run");
    const locks = plane.locksLeftOut("workflow-1");
    const key = runLockKey("run");
    const inside = await Promise.all([locks.acquire(key, 1_000), locks.acquire(key, 1_000)]);
    expect(inside.every(Boolean)).toBe(true);
    await Promise.all(inside.map((lock) => lock?.release()));
    expect(await locks.acquire("another", 1_000)).toBeDefined();
    expect(await locks.acquire("another", 1_000)).toBeUndefined();
  });

  it("that is lost before the run is open keeps the engine from writing", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    loseAtFirst(plane, "open");
    await plane.start("run", { work: steps.worker() });
    expect(plane.runs.saves).toEqual([]);
    await plane.plane.clock.advance(1_000);
    expect([plane.state("run"), plane.submitted()]).toEqual(["running", ["run:work@1"]]);
  });

  it("that is lost while the change is written does not keep back what the change promised", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    loseAtFirst(plane, "save");
    await plane.start("run", { work: steps.worker() });
    expect([plane.state("run"), plane.submitted()]).toEqual(["running", ["run:work@1"]]);
    await plane.plane.clock.advance(1_000);
    expect([plane.runs.saves.length, plane.submitted()]).toEqual([1, ["run:work@1"]]);
  });

  it("that Redis cannot give is not done without: the message comes again", async () => {
    const plane = new WorkflowPlane();
    const { locks } = plane.environment("workflow-1");
    let away = true;
    const acquire: typeof locks.acquire = (key, ttlMs) =>
      away ? Promise.reject(new Unavailable("Redis")) : locks.acquire(key, ttlMs);
    await plane.follower("workflow-1", { locks: { acquire } });
    await plane.start("run", { work: steps.worker() });
    await plane.plane.clock.advance(1_000);
    expect(plane.runs.saves).toEqual([]);
    away = false;
    await plane.plane.clock.advance(1_000);
    expect(plane.state("run")).toBe("running");
  });
});

function loseAtFirst(plane: WorkflowPlane, call: keyof Runs): void {
  plane.runs.trap = (called, when) => {
    if (called !== call || when !== "before") return;
    plane.runs.trap = () => {};
    plane.plane.held.get(runLockKey("run"))?.lose();
  };
}

describe("an engine that is paused beyond its lock, just before it writes", () => {
  /** It decided that `first` is done. While it sleeps, others end the second step too, and begin the last. */
  async function wokenWriter(leaveOut: (runs: Runs) => Runs): Promise<WorkflowPlane> {
    const plane = new WorkflowPlane();
    const { promise: awake, resolve: wake } = Promise.withResolvers<void>();
    const runs = leaveOut(methodsOf(plane.runs));
    const sleepy: Runs = {
      ...runs,
      async save(change) {
        if (change.run.steps["first"]?.state === "succeeded") await awake;
        return runs.save(change);
      },
    };
    const paused = await plane.follower("workflow-1", { runs: sleepy });
    await plane.start("run", { first: steps.worker(), second: steps.worker(), last: steps.worker("first", "second") });
    await plane.finish("run:first@1");
    const stopped = paused.stop();
    plane.plane.held.get(runLockKey("run"))?.lose();
    await plane.follower("workflow-2", { runs });
    await plane.tell("run:first@1");
    await plane.finish("run:second@1");
    expect(plane.steps("run")).toEqual({ first: "succeeded", second: "succeeded", last: "running" });
    wake();
    await stopped;
    await plane.plane.clock.advance(1_000);
    return plane;
  }

  it("is refused, and nothing that happened meanwhile is lost", async () => {
    const plane = await wokenWriter((runs) => runs);
    expect(plane.runs.saves.filter(({ accepted }) => !accepted)).toHaveLength(1);
    expect(plane.steps("run")).toEqual({ first: "succeeded", second: "succeeded", last: "running" });
  });

  it("wipes out what happened meanwhile when the version is left out", async () => {
    const plane = await wokenWriter(withoutRunVersions);
    expect(plane.steps("run")).toEqual({ first: "succeeded", second: "running", last: "pending" });
  });
});

describe("a write that is refused", () => {
  it("is decided again, once, on what the run has become", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { work: steps.worker() });
    plane.runs.trap = async (call, when) => {
      if (call !== "save" || when !== "before") return;
      plane.runs.trap = () => {};
      await plane.runs.open("run");
    };
    await plane.finish("run:work@1");
    expect(plane.runs.saves.map(({ accepted }) => accepted)).toEqual([true, false, true]);
    expect(plane.state("run")).toBe("succeeded");
  });
});
