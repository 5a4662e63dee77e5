import { describe, expect, it } from "vitest";

import { delayPoller } from "./delay-poller.ts";
import { config, steps, WorkflowPlane } from "./workflow-plane.test-support.ts";

const { delayPollMs } = config;

describe("a delay", () => {
  it("is over on time, by the engine that began it", async () => {
    const plane = new WorkflowPlane();
    await plane.follower("workflow-1");
    await plane.start("run", { wait: steps.delay(10_000), work: steps.worker("wait") });
    await plane.plane.clock.advance(9_999);
    expect([plane.state("run"), plane.submitted()]).toEqual(["waiting", []]);
    await plane.plane.clock.advance(1);
    expect([plane.state("run"), plane.submitted()]).toEqual(["running", ["run:work@1"]]);
    expect(plane.timers.moments.size).toBe(0);
  });

  it("is over within two polls when that engine is gone", async () => {
    const plane = new WorkflowPlane();
    const engine = await plane.follower("workflow-1");
    await plane.start("run", { wait: steps.delay(10_000) });
    await engine.stop();
    await plane.engine("workflow-2", { parts: [delayPoller] });
    await plane.plane.clock.advance(10_000 + 2 * delayPollMs);
    expect([plane.state("run"), plane.timers.moments.size]).toEqual(["succeeded", 0]);
    expect(plane.plane.counted("workflowReconciled", { cause: "delay" })).toBe(1);
  });

  it("whose moment finds the run's lock held is kept, and tried again", async () => {
    const plane = new WorkflowPlane();
    await plane.engine("workflow-1", { parts: [delayPoller] });
    await plane.start("run", { wait: steps.delay(10_000) });
    const lock = await plane.hold("run");
    await plane.plane.clock.advance(10_000 + 3 * delayPollMs);
    expect([plane.state("run"), plane.timers.moments.size]).toEqual(["waiting", 1]);
    await lock.release();
    await plane.plane.clock.advance(delayPollMs);
    expect([plane.state("run"), plane.timers.moments.size]).toEqual(["succeeded", 0]);
  });

  it("whose moment finds Redis away is kept, and tried again", async () => {
    const plane = new WorkflowPlane();
    await plane.engine("workflow-1", { parts: [delayPoller] });
    await plane.start("run", { wait: steps.delay(10_000) });
    plane.runs.trap = (call) => {
      if (call === "open") throw new Error("Redis is away");
    };
    await plane.plane.clock.advance(10_000 + delayPollMs);
    expect(plane.timers.moments.size).toBe(1);
    plane.runs.trap = () => {};
    await plane.plane.clock.advance(2 * delayPollMs);
    expect(plane.state("run")).toBe("succeeded");
  });

  it("leaves the run's next moment set, which the earlier one stood in the way of", async () => {
    const plane = new WorkflowPlane();
    const engine = await plane.follower("workflow-1");
    await plane.start("run", { short: steps.delay(10_000), long: steps.delay(30_000) });
    await engine.stop();
    await plane.engine("workflow-2", { parts: [delayPoller] });
    await plane.plane.clock.advance(10_000 + 2 * delayPollMs);
    expect(plane.steps("run")).toEqual({ short: "succeeded", long: "waiting" });
    expect([...plane.timers.moments.values()]).toEqual([plane.plane.clock.epochMs + 30_000]);
    await plane.plane.clock.advance(20_000);
    expect([plane.state("run"), plane.timers.moments.size]).toEqual(["succeeded", 0]);
  });

  it("that the store's clock calls over too early is not cut short, and not forgotten", async () => {
    const plane = new WorkflowPlane();
    const engine = await plane.follower("workflow-1");
    await plane.start("run", { wait: steps.delay(10_000) });
    await engine.stop();
    const early: typeof plane.timers.due = async (limit) => {
      const due = [...plane.timers.moments].slice(0, limit);
      return Promise.resolve(due.map(([run, unixMs]) => ({ run, unixMs })));
    };
    const runTimers = {
      due: early,
      set: plane.timers.set.bind(plane.timers),
      clear: plane.timers.clear.bind(plane.timers),
    };
    await plane.engine("workflow-2", { parts: [delayPoller] }, { runTimers });
    await plane.plane.clock.advance(9_999);
    expect(plane.state("run")).toBe("waiting");
    expect(plane.timers.moments.size).toBe(1);
    await plane.plane.clock.advance(1);
    expect(plane.state("run")).toBe("succeeded");
  });

  it("of a run that is gone is cleared", async () => {
    const plane = new WorkflowPlane();
    await plane.timers.set("gone", 1);
    await plane.engine("workflow-1", { parts: [delayPoller] });
    await plane.settle();
    expect(plane.timers.moments.size).toBe(0);
  });
});

describe("the delay poller", () => {
  it("wakes as many as there are in one round, and leaves what cannot be woken", async () => {
    const plane = new WorkflowPlane();
    for (let index = 0; index < 1_200; index++) {
      await plane.store(`run-${index}`, { wait: steps.approval() });
      await plane.timers.set(`run-${index}`, plane.plane.clock.unixMs());
    }
    await plane.hold("run-7");
    await plane.engine("workflow-1", { parts: [delayPoller] });
    await plane.plane.clock.advance(0);
    await expect.poll(() => [...plane.timers.moments.keys()]).toEqual(["run-7"]);
  });
});
