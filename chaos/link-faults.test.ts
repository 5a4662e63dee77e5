import { expect, test } from "vitest";

import type { Observation } from "../core/mod.ts";
import { ManualClock } from "../reference/scheduler/manual-clock.test-support.ts";
import { FakeWorld } from "./fake-world.test-support.ts";
import {
  at,
  blackhole,
  crashAt,
  cut,
  delay,
  delayAt,
  loseReply,
  pauseAt,
  reset,
  restart,
  runFaultPlan,
  terminateAt,
  throttle,
  type Fault,
} from "./mod.ts";

test.each([
  [cut("scheduler-1", "redis"), "cut"],
  [delay("scheduler-1", "redis", { by: "100ms", jitter: "20ms" }), "delay 100 20"],
  [blackhole("scheduler-1", "redis"), "blackhole"],
  [reset("scheduler-1", "redis"), "reset"],
  [throttle("scheduler-1", "redis", { rate: "1.5MB/s" }), "throttle 1500000"],
  [loseReply("scheduler-1", "redis"), "loseReply"],
])("a fault of the network disturbs its link, says when it does, and heals: $1", async (fault, disturbance) => {
  const { clock, world, history, run } = begin(fault);
  await clock.advance(60_000);
  await run.done;
  const [action] = disturbance.split(" ");
  expect(world.story).toEqual([`${disturbance} scheduler-1 redis`, `heal ${disturbance} scheduler-1 redis`]);
  expect(history()).toEqual([
    `1000 begin 1 ${action} scheduler-1 redis [scheduler-1]`,
    `1000 strike 1 ${action} scheduler-1 redis [scheduler-1]`,
    `6000 heal 1 ${action} scheduler-1 redis [scheduler-1]`,
  ]);
});

test("a delay has no jitter unless it is told", async () => {
  const { clock, world } = begin(delay("gateway-1", "nats", { by: "1s" }));
  await clock.advance(2_000);
  expect(world.story).toEqual(["delay 1000 0 gateway-1 nats"]);
});

test("a delay writes down how long it is, and no other fault does", async () => {
  const slow = begin(delay("gateway-1", "redis", { by: "100ms" }));
  const severed = begin(cut("gateway-1", "redis"));
  await Promise.all([slow.clock.advance(2_000), severed.clock.advance(2_000)]);
  expect(slow.seen[0]).toMatchObject({ phase: "begin", action: "delay", to: "redis", delayMs: 100 });
  expect(severed.seen[0]).not.toHaveProperty("delayMs");
});

test("a role means each link of its replicas", async () => {
  const { clock, world, history } = begin(cut("gateway", "nats"));
  await clock.advance(2_000);
  expect(world.story).toEqual(["cut gateway-1 nats", "cut gateway-2 nats"]);
  expect(history().at(-1)).toBe("1000 strike 1 cut gateway-1,gateway-2 nats [gateway-2]");
});

test("the clients are no replica, and have links to gateways", async () => {
  const { clock, world, history } = begin(loseReply("clients", "gateway-1"));
  await clock.advance(2_000);
  expect(world.story).toEqual(["loseReply clients gateway-1"]);
  expect(history()).toEqual([
    "1000 begin 1 loseReply clients gateway-1 []",
    "1000 strike 1 loseReply clients gateway-1 [clients]",
  ]);
});

test("when one of several links cannot be disturbed, the others are healed, and the plan fails", async () => {
  const world = new FakeWorld("gateway-1", "gateway-2");
  world.failing.add("cut gateway-2 redis");
  const { clock, run } = begin(cut("gateway", "redis"), world);
  await clock.advance(2_000);
  await expect(run.done).rejects.toThrow("cut gateway-2 redis failed");
  expect(world.story).toEqual(["cut gateway-1 redis", "cut gateway-2 redis", "heal cut gateway-1 redis"]);
});

test("only faults of the network need links", () => {
  expect(cut("scheduler-1", "redis").needsLinks).toBe(true);
  expect(restart("scheduler-1").needsLinks).toBeUndefined();
});

test("only faults that lie in wait need traps", () => {
  for (const fault of [crashAt, pauseAt, terminateAt]) expect(fault("worker-1", "jobs.claim").needsTraps).toBe(true);
  expect(delayAt("worker-1", "jobs.claim", { delay: "1s" }).needsTraps).toBe(true);
  expect(restart("scheduler-1").needsTraps).toBeUndefined();
});

test("a rate too low for a link is refused", () => {
  expect(() => throttle("scheduler-1", "redis", { rate: "0.5KB/s" })).toThrow('Cannot throttle to "0.5KB/s"');
  expect(() => throttle("scheduler-1", "redis", { rate: "-1MB/s" })).toThrow("Cannot throttle");
});

test("a restart stops and starts again by itself, and its heal waits for that", async () => {
  const { clock, world, run } = begin(restart("gateway"), undefined);
  await clock.advance(60_000);
  await run.done;
  expect(world.story).toEqual(["stop gateway-1", "stop gateway-2", "restart gateway-1", "restart gateway-2"]);
});

test("a restart that does not come up is told by its heal", async () => {
  const world = new FakeWorld("worker-1");
  world.failing.add("restart worker-1");
  const { clock, run } = begin(restart("worker-1"), world);
  await clock.advance(60_000);
  await expect(run.done).rejects.toThrow("restart worker-1 failed");
});

function begin(fault: Fault, world = new FakeWorld("gateway-1", "gateway-2", "scheduler-1")) {
  const clock = new ManualClock();
  const events: string[] = [];
  const seen: Observation[] = [];
  const record = (event: Observation): void => {
    if (event.kind !== "fault") throw new Error(`a plan does not write ${event.kind}`);
    seen.push(event);
    events.push(`${clock.now()} ${event.phase} ${event.fault} [${event.targets.join(" ")}]`);
  };
  const { signal } = new AbortController();
  const run = runFaultPlan([at("1s", fault, { healAfter: "5s" })], { world, clock, witness: { record }, signal });
  return { clock, world, run, seen, history: () => events };
}
