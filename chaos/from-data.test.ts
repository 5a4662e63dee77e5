import { expect, test } from "vitest";

import { UsageError } from "../core/mod.ts";
import {
  blackhole,
  clockJump,
  crashAt,
  cut,
  delay,
  delayAt,
  failOver,
  faultCatalog,
  faultFromData,
  join,
  kill,
  loseLeader,
  loseReply,
  partition,
  pause,
  pauseAt,
  reset,
  restart,
  restartServer,
  sleepPrimary,
  terminate,
  terminateAt,
  throttle,
  type Fault,
  type FaultData,
} from "./mod.ts";

const everyFault: readonly Fault[] = [
  kill("scheduler.leader"),
  terminate("scheduler-2"),
  pause("worker"),
  restart("gateway-1"),
  join("worker"),
  crashAt("scheduler-1", "bus.publish", { when: "after", nth: 10 }),
  pauseAt("workflow-1", "runs.save"),
  terminateAt("worker-1", "bus.deliver:worker.worker-1.jobs", { nth: 20 }),
  delayAt("scheduler-1", "jobs.advance", { delay: "1.5s", nth: "every" }),
  cut("scheduler.leader", "redis"),
  delay("scheduler-1", "redis", { by: "100ms", jitter: "20ms" }),
  blackhole("worker-1", "nats"),
  reset("worker-1", "nats"),
  throttle("worker-1", "nats", { rate: "16KB/s" }),
  loseReply("clients", "gateway-1"),
  failOver("redis", { behind: "500ms" }),
  sleepPrimary("redis", { detect: "1s", believes: "2s" }),
  restartServer("redis", { keepsData: false }),
  restartServer("nats", { down: "2s" }),
  loseLeader("nats"),
  partition("scheduler.leader", "redis", { way: "back" }),
  partition("clients", "gateway-1", { way: "there" }),
  clockJump("worker-1", { by: "5s" }),
];

test("every fault can be written down as JSON and made again, the same in all that it says of itself", () => {
  const names = everyFault.map(({ data }) => data?.action);
  expect(new Set(names)).toEqual(new Set(faultCatalog.map(({ name }) => name)));
  for (const { strike: _, ...fault } of everyFault) {
    const { strike: _again, ...again } = faultFromData(JSON.parse(JSON.stringify(fault.data)) as FaultData);
    expect(again).toEqual(fault);
  }
});

test.each([
  [{ action: "kil", selector: "worker-1" }, /no fault "kil".*/, /kill/],
  [{ action: "toString", selector: "worker-1" }, /no fault "toString"/, /kill/],
  [{ action: "kill" }, /wants a selector/, /kill/],
  [{ action: "join", selector: "captain" }, /wants a role/, /captain/],
  [{ action: "crashAt", selector: "worker-1" }, /wants a call/, /worker-1/],
  [{ action: "crashAt", selector: "worker-1", call: "jobs.claim", options: { nth: 0 } }, /`nth`/, /"nth":0/],
  [{ action: "crashAt", selector: "worker-1", call: "jobs.claim", options: { when: "during" } }, /`when`/, /during/],
  [{ action: "delayAt", selector: "worker-1", call: "jobs.claim", options: { delay: "long" } }, /`delay`/, /long/],
  [{ action: "cut", selector: "worker-1" }, /other end/, /worker-1/],
  [{ action: "throttle", selector: "worker-1", to: "nats", options: { rate: "1B/s" } }, /`rate`/, /1B/],
  [{ action: "partition", selector: "worker-1", options: { way: "there" } }, /other end/, /worker-1/],
  [{ action: "partition", selector: "worker-1", to: "nats", options: { way: "both" } }, /`way`/, /both/],
  [{ action: "clockJump", selector: "worker-1" }, /`by`/, /worker-1/],
  [{ action: "failOver", selector: "nats" }, /a server: redis/, /nats/],
  [{ action: "loseLeader", selector: "redis" }, /a server: nats/, /redis/],
  [
    { action: "restartServer", selector: "nats", options: { down: "1s", keepsData: false } },
    /keeps its streams/,
    /leave/,
  ],
])("data that make no fault are refused with the way out: %j", (data, complaint, hint) => {
  const make = (): unknown => faultFromData(data as FaultData);
  expect(make).toThrow(complaint);
  expect(make).toThrow(UsageError);
  expect(make).toThrow(expect.objectContaining({ hint: expect.stringMatching(hint) as string }));
});
