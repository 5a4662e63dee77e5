import { expect, test } from "vitest";

import { indexHistory, type HistoryEvent } from "../../core/mod.ts";
import { waitsByFault } from "./recovery-waits.ts";

const submitted = (at: number, job: string, intendedAt: number): HistoryEvent => ({
  ...{ at, who: "load", kind: "op", op: "submit", id: at, load: "jobs", via: "gateway-1", outcome: "ok" },
  ...{ job, intendedAt, sentAt: intendedAt },
});
const started = (at: number, run: string, intendedAt: number): HistoryEvent => ({
  ...{ at, who: "load", kind: "op", op: "start-run", id: at, load: "runs", via: "gateway-1", outcome: "ok" },
  ...{ run, intendedAt, sentAt: intendedAt },
});
const effect = (at: number, job: string): HistoryEvent => ({
  ...{ at, who: "sink", kind: "effect", job, epoch: 1, worker: "worker-1", decision: "accepted" },
});
const fault = (at: number, phase: "begin" | "heal", name = "1 kill worker-1"): HistoryEvent => ({
  ...{ at, who: "harness", kind: "fault", phase, fault: name, action: "kill", targets: ["worker-1"] },
});

/** A kill has struck when the world sees its target leave. */
const exits = (events: readonly HistoryEvent[]): HistoryEvent[] =>
  events
    .filter((event) => event.kind === "fault" && event.phase === "begin")
    .map(({ at }) => ({ at, who: "harness", kind: "replica", phase: "exited", role: "worker", replica: "worker-1" }));

const waits = (events: HistoryEvent[]): number[] =>
  waitsByFault(indexHistory([...events, ...exits(events)].toSorted((a, b) => a.at - b.at)));

test("the slowest job counts, from the strike, or from when it was due if that came later", () => {
  const before = [submitted(90, "old", 80), effect(900, "old")];
  const during = [submitted(320, "new", 300), effect(1_150, "new")];
  expect(waits([...before, fault(100, "begin"), fault(1_000, "heal")])).toEqual([800]);
  expect(waits([...before, ...during, fault(100, "begin"), fault(1_000, "heal")])).toEqual([850]);
});

test("what was done before the strike, or was due after the heal, does not count", () => {
  const done = [submitted(10, "a", 5), effect(20, "a")];
  const late = [submitted(1_010, "c", 1_005), effect(9_000, "c")];
  const met = [submitted(200, "b", 195), effect(230, "b")];
  expect(waits([...done, ...late, ...met, fault(100, "begin"), fault(1_000, "heal")])).toEqual([35]);
  expect(() => waits([...done, ...late, fault(100, "begin"), fault(1_000, "heal")])).toThrow("met nothing");
});

test("a resent submission is due when it was due first, and a run is done with its last step", () => {
  const resent = [submitted(500, "a", 150), submitted(700, "a", 150), effect(450, "a")];
  expect(waits([...resent, fault(100, "begin"), fault(1_000, "heal")])).toEqual([300]);
  const run = [started(160, "r", 150), effect(200, "r:one@1"), effect(800, "r:two@2")];
  expect(waits([...run, fault(100, "begin"), fault(1_000, "heal")])).toEqual([650]);
});

test("each fault has a number of its own", () => {
  const jobs = [submitted(110, "a", 105), effect(205, "a"), submitted(2_010, "b", 2_005), effect(2_025, "b")];
  const faults = [fault(100, "begin"), fault(900, "heal"), fault(2_000, "begin", "2"), fault(2_900, "heal", "2")];
  expect(waits([...jobs, ...faults])).toEqual([100, 20]);
});
