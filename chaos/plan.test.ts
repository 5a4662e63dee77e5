import { expect, test } from "vitest";

import type { Observation } from "../core/mod.ts";
import { ManualClock } from "../reference/scheduler/manual-clock.test-support.ts";
import { FakeWorld } from "./fake-world.test-support.ts";
import { at, crashAt, delayAt, join, kill, pause, pauseAt, runFaultPlan, terminate, terminateAt } from "./mod.ts";
import type { PlannedFault } from "./mod.ts";

test("each fault strikes at its hour and is healed at its own, and both are written down", async () => {
  const { clock, world, history, run } = begin([
    at("10s", kill("scheduler.leader"), { healAfter: "5s" }),
    at("12s", pause("worker-1"), { healAfter: "1s" }),
  ]);
  await clock.advance(60_000);
  await run.done;
  expect(world.story).toEqual(["kill scheduler-2", "pause worker-1", "resume worker-1", "restart scheduler-2"]);
  expect(history()).toEqual([
    "10000 begin 1 kill scheduler-2 [scheduler-2]",
    "12000 begin 2 pause worker-1 [worker-1]",
    "13000 heal 2 pause worker-1 [worker-1]",
    "15000 heal 1 kill scheduler-2 [scheduler-2]",
  ]);
});

test("what has no hour for its heal stays until all is healed, the last fault first, and only once", async () => {
  const { clock, world, history, run } = begin([at("1s", terminate("gateway")), at("2s", pause("worker-2"))]);
  await clock.advance(3_000);
  await run.done;
  expect(world.story).toEqual(["stop gateway-1", "stop gateway-2", "pause worker-2"]);
  await Promise.all([run.healAll(), run.healAll()]);
  await run.healAll();
  expect(world.story.slice(3)).toEqual(["resume worker-2", "restart gateway-1", "restart gateway-2"]);
  expect(history().filter((line) => line.includes("heal"))).toHaveLength(2);
});

test("healing all ends the plan: what was still to come does not strike", async () => {
  const { clock, world, run } = begin([at("1s", kill("worker-1"), { healAfter: "60s" }), at("30s", kill("worker-2"))]);
  await clock.advance(2_000);
  await run.healAll();
  await clock.advance(120_000);
  await run.done;
  expect(world.story).toEqual(["kill worker-1", "restart worker-1"]);
});

test("a replica that somebody else has started again meanwhile is left in peace", async () => {
  const { clock, world, run } = begin([at("1s", kill("worker-1"))]);
  await clock.advance(2_000);
  await world.restart("worker-1");
  await run.healAll();
  expect(world.story).toEqual(["kill worker-1", "restart worker-1"]);
});

test("a fault that joins has no targets; the one that joined is named when it is ready", async () => {
  const { clock, world, history, run } = begin([at("1s", join("worker"))]);
  await clock.advance(2_000);
  await run.done;
  await run.healAll();
  expect(world.story).toEqual(["join worker-3"]);
  expect(history()).toEqual([
    "1000 begin 1 join worker []",
    "1000 strike 1 join worker [worker-3]",
    "2000 heal 1 join worker []",
  ]);
});

test("a trap begins when it is set, strikes when it springs, and heals what it caught", async () => {
  const { clock, world, history, run } = begin([
    at("1s", crashAt("scheduler-1", "bus.publish", { when: "after", nth: 10 }), { healAfter: "9s" }),
  ]);
  await clock.advance(4_000);
  world.spring("scheduler-1", "exited");
  await clock.advance(20_000);
  await run.done;
  expect(world.story).toEqual([
    "trap kill after bus.publish 10 in scheduler-1",
    "untrap scheduler-1",
    "restart scheduler-1",
  ]);
  expect(history()).toEqual([
    "1000 begin 1 crash scheduler-1 [scheduler-1]",
    "4000 strike 1 crash scheduler-1 [scheduler-1]",
    "10000 heal 1 crash scheduler-1 [scheduler-1]",
  ]);
});

test("a trap that caught nobody is only taken away", async () => {
  const { clock, world, run } = begin([at("1s", crashAt("worker", "jobs.claim"))]);
  await clock.advance(2_000);
  world.spring("worker-2", "exited");
  await run.healAll();
  expect(world.story.slice(2)).toEqual(["untrap worker-1", "untrap worker-2", "restart worker-2"]);
});

test("each trap undoes what it does to a replica", async () => {
  const { clock, world, run } = begin([
    at("1s", pauseAt("worker-1", "jobs.claim")),
    at("2s", terminateAt("worker-2", "bus.deliver:worker.worker-2.jobs", { nth: 20 })),
    at("3s", delayAt("gateway-1", "jobs.create", { delay: "2s", nth: "every" })),
  ]);
  await clock.advance(4_000);
  world.spring("worker-1", "paused");
  world.spring("worker-2", "ready");
  world.spring("gateway-1", "ready");
  await clock.advance(1_000);
  await run.healAll();
  expect(world.story).toEqual([
    "trap pause before jobs.claim 1 in worker-1",
    "trap stop before bus.deliver:worker.worker-2.jobs 20 in worker-2",
    "trap delay before jobs.create every 2000 in gateway-1",
    "untrap gateway-1",
    "untrap worker-2",
    // It has been told to stop, and may be at it still: its exit is waited for.
    "stop worker-2",
    "restart worker-2",
    "untrap worker-1",
    "resume worker-1",
  ]);
});

test("a crowd goes by its selector", async () => {
  const { clock, history } = begin(
    [at("1s", pause("worker"))],
    new FakeWorld("worker-1", "worker-2", "worker-3", "worker-4"),
  );
  await clock.advance(2_000);
  expect(history()).toEqual(["1000 begin 1 pause worker [worker-1 worker-2 worker-3 worker-4]"]);
});

test("a selector that means nothing fails the plan, and nothing more strikes", async () => {
  const { clock, world, history, run } = begin([at("1s", kill("workflow-1")), at("2s", kill("worker-1"))]);
  await clock.advance(10_000);
  await expect(run.done).rejects.toThrow('"workflow-1" means nothing');
  expect(world.story).toEqual([]);
  expect(history()).toEqual([]);
  await run.healAll();
});

test("a strike that fails fails the plan, and what is in force can be healed all the same", async () => {
  const world = new FakeWorld("worker-1", "worker-2");
  world.failing.add("kill worker-2");
  const { clock, run } = begin([at("1s", pause("worker-1")), at("2s", kill("worker-2"))], world);
  await clock.advance(10_000);
  await expect(run.done).rejects.toThrow("kill worker-2 failed");
  await run.healAll();
  expect(world.story.at(-1)).toBe("resume worker-1");
});

test("a heal that fails is told, after every other heal has been tried", async () => {
  const world = new FakeWorld("worker-1", "worker-2");
  world.failing.add("restart worker-2");
  const { clock, run } = begin([at("1s", kill("worker-1")), at("2s", kill("worker-2"))], world);
  await clock.advance(10_000);
  await run.done;
  await expect(run.healAll()).rejects.toThrow("restart worker-2 failed");
  expect(world.story.slice(2)).toEqual(["restart worker-2", "restart worker-1"]);
});

test("when the run is aborted the plan ends quietly, and heals nothing", async () => {
  const controller = new AbortController();
  const { clock, world, run } = begin([at("1s", kill("worker-1"), { healAfter: "5s" })], undefined, controller.signal);
  await clock.advance(2_000);
  controller.abort();
  await run.done;
  expect(world.story).toEqual(["kill worker-1"]);
});

function begin(
  faults: PlannedFault[],
  world = new FakeWorld("gateway-1", "gateway-2", "scheduler-1", "scheduler-2", "worker-1", "worker-2"),
  signal = new AbortController().signal,
) {
  const clock = new ManualClock();
  const events: string[] = [];
  const record = (event: Observation): void => {
    if (event.kind !== "fault") throw new Error(`a plan does not write ${event.kind}`);
    events.push(`${clock.now()} ${event.phase} ${event.fault} [${event.targets.join(" ")}]`);
  };
  const run = runFaultPlan(faults, { world, clock, witness: { record }, signal });
  return { clock, world, run, history: () => events };
}
