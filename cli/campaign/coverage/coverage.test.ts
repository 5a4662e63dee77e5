import { expect, test } from "vitest";

import type { FaultEvent, HistoryEvent, ReplicaEvent } from "../../../core/mod.ts";
import { dispatched, effect, executed, holder, story, submitted, wrote } from "../../../checks/story.test-support.ts";
import { addCoverage, coverageOf, type Met } from "./coverage.ts";
import { meetingId, meetingOf } from "./fault-meetings.ts";
import { situations } from "./situations.ts";

test("a history in which nothing happened meets nothing, and says so of every situation", () => {
  const coverage = coverageOf(story());
  expect(Object.keys(coverage)).toEqual(situations.map(({ id }) => id));
  expect(Object.values(coverage).every((count) => count === 0)).toBe(true);
});

/** Of each situation a story in which it occurs once. */
const occurrences: readonly (readonly [string, readonly HistoryEvent[]])[] = [
  ["a fault struck while an accepted job was under way", [submitted("a", 10), ...struck("kill", 20, "worker-1")]],
  ["a job was accepted while no worker was there", [submitted("a", 10), replica("worker-1", "ready", 20)]],
  [
    "a dispatch was sent after whoever had written it down was dead",
    [wrote("a", "DISPATCHED", 10), replica("scheduler-1", "exited", 20), dispatched("a", 30, 1)],
  ],
  [
    "a replica died after it had dispatched a job, and before the job went on",
    [
      wrote("a", "DISPATCHED", 10),
      dispatched("a", 15, 1),
      replica("scheduler-1", "exited", 20),
      wrote("a", "RUNNING", 30),
    ],
  ],
  ["a job was tried again", [dispatched("a", 10, 1, 1), dispatched("a", 20, 2, 2)]],
  ["a job was executed more than once", [...executed("a", 10, { endAt: 12 }), ...executed("a", 20, { endAt: 22 })]],
  [
    "two workers executed one job at the same time",
    [...executed("a", 10, { endAt: 30 }), ...executed("a", 20, { endAt: 40, worker: "worker-2", epoch: 2 })],
  ],
  ["an execution never came to its end", executed("a", 10)],
  ["an effect was refused as stale", [effect("a", 10, { decision: "stale" })]],
  ["an effect was refused as a repetition", [effect("a", 10, { decision: "repeated" })]],
  ["a worker's claim was refused", [wrote("a", "RUNNING", 10, { accepted: false, who: "worker-1" })]],
  [
    "a write was refused, since somebody else had been faster",
    [wrote("a", "DISPATCHED", 10, { accepted: false, section: "s" })],
  ],
  ["a step of a workflow was tried again", executed("run-1:charge@2", 10)],
  ["a lock was renewed", [holder("scheduler-1").entered(10, 40), holder("scheduler-1").renewed(20, 50)]],
  [
    "a holder learnt that its lock was lost",
    [holder("scheduler-1").entered(10, 40), holder("scheduler-1").abandoned(40)],
  ],
  [
    "a lock that had run out was taken by somebody else",
    [holder("scheduler-1").entered(10, 40), holder("scheduler-2").entered(50, 80)],
  ],
  [
    "a holder was asleep when its lock ran out, and woke",
    [holder("scheduler-1").entered(10, 40), ...struck("pause", 20, "scheduler-1", 60)],
  ],
  [
    "a leader was asleep when its lease ran out, and woke",
    [lease("scheduler-1").entered(10, 40), ...struck("pause", 20, "scheduler-1", 60)],
  ],
  [
    "a lease changed hands",
    [lease("scheduler-1").entered(10, 40), lease("scheduler-1").left(20), lease("scheduler-2").entered(30, 60)],
  ],
  [
    "a lease that had run out was taken by somebody else",
    [lease("scheduler-1").entered(10, 40), lease("scheduler-2").entered(50, 80)],
  ],
  ["the limiter refused a request", [submitted(undefined, 10, { outcome: "refused", status: 429 })]],
  ["a client could not know what became of its request", [submitted(undefined, 10, { outcome: "unknown" })]],
  [
    "an idempotency key was sent more than once",
    [submitted("a", 10, { idempotencyKey: "k" }), submitted("a", 20, { idempotencyKey: "k" })],
  ],
  [
    "an unknown outcome was made clear under its key",
    [
      submitted(undefined, 10, { idempotencyKey: "k", outcome: "unknown" }),
      submitted("a", 20, { idempotencyKey: "k" }),
    ],
  ],
  ["a worker came or went under load", [phase("load", 5), replica("worker-3", "ready", 10)]],
  [
    "a replica was told to stop with work in hand",
    [...executed("a", 10, { endAt: 30 }), replica("worker-1", "stopping", 20)],
  ],
];

test.each(occurrences)("it is seen that %s", (situation, events) => {
  expect(coverageOf(story(events))[situation]).toBe(1);
  const others = coverageOf(
    story(submitted("b", 1), replica("worker-9", "ready", 0), replica("worker-9", "exited", 2)),
  );
  expect(others[situation]).toBe(0);
});

test("every situation is seen by a test above", () => {
  expect(occurrences.map(([id]) => id).toSorted()).toEqual(situations.map(({ id }) => id).toSorted());
});

test.each<[string, string, readonly HistoryEvent[]]>([
  [
    "two workers executed one job at the same time",
    "the first worker was dead before the second began",
    [...executed("a", 10), replica("worker-1", "exited", 15), ...executed("a", 20, { worker: "worker-2", epoch: 2 })],
  ],
  [
    "a holder was asleep when its lock ran out, and woke",
    "what ran out was a lease",
    [lease("scheduler-1").entered(10, 40), ...struck("pause", 20, "scheduler-1", 60)],
  ],
  [
    "a holder was asleep when its lock ran out, and woke",
    "it was killed in its sleep",
    [
      holder("scheduler-1").entered(10, 40),
      ...struck("pause", 20, "scheduler-1", 60),
      replica("scheduler-1", "exited", 50),
    ],
  ],
  [
    "a holder was asleep when its lock ran out, and woke",
    "it woke in time",
    [holder("scheduler-1").entered(10, 40), ...struck("pause", 20, "scheduler-1", 30)],
  ],
  [
    "a leader was asleep when its lease ran out, and woke",
    "what ran out was a lock",
    [holder("scheduler-1").entered(10, 40), ...struck("pause", 20, "scheduler-1", 60)],
  ],
  [
    "a leader was asleep when its lease ran out, and woke",
    "it was killed in its sleep",
    [
      lease("scheduler-1").entered(10, 40),
      ...struck("pause", 20, "scheduler-1", 60),
      replica("scheduler-1", "exited", 50),
    ],
  ],
  [
    "a replica was told to stop with work in hand",
    "its work was that of a former life",
    [
      ...executed("a", 10),
      replica("worker-1", "exited", 15),
      replica("worker-1", "starting", 16),
      replica("worker-1", "stopping", 20),
    ],
  ],
])("it is not said that %s when %s", (situation, _, events) => {
  expect(coverageOf(story(events))[situation]).toBe(0);
});

test.each<[string, string, readonly HistoryEvent[]]>([
  ["scheduler-1", "leading", [lease("scheduler-1").entered(10, 90)]],
  ["scheduler-1", "holding a job lock", [holder("scheduler-1").entered(10, 90)]],
  ["scheduler-1", "idle", [holder("scheduler-1").entered(10, 30), holder("scheduler-1").left(20)]],
  ["scheduler-1", "idle", [lease("scheduler-2").entered(10, 90)]],
  ["workflow-1", "holding a run lock", [holder("workflow-1").entered(10, 90)]],
  ["worker-1", "executing", executed("a", 10, { endAt: 90 })],
  ["worker-1", "idle", executed("a", 10, { endAt: 20 })],
  ["worker-1", "idle", [...executed("a", 10), replica("worker-1", "exited", 20), replica("worker-1", "starting", 30)]],
  ["gateway-1", "answering a request", [submitted("a", 60, { sentAt: 40 })]],
  ["gateway-1", "idle", [submitted("a", 60, { sentAt: 40, via: "gateway-2" })]],
])("a fault that strikes %s finds it %s", (target, doing, events) => {
  const coverage = coverageOf(story(events, struck("kill", 50, target)));
  const met = Object.entries(coverage).filter(([id, count]) => meetingOf(id) && count > 0);
  expect(met).toEqual([[meetingId("kill", target.replace(/-\d$/, ""), doing), 1]]);
});

test("states that a fault could have met, and did not, are counted as never", () => {
  const coverage = coverageOf(story(struck("pause", 50, "scheduler-1")));
  expect(coverage[meetingId("pause", "scheduler", "leading")]).toBe(0);
  expect(coverage[meetingId("pause", "scheduler", "idle")]).toBe(1);
});

test("runs are added up: in how many it occurred, and how often", () => {
  const total = new Map<string, Met>();
  for (const count of [3, 0, 2]) addCoverage(total, { "a lock was renewed": count });
  expect(total.get("a lock was renewed")).toEqual({ seeds: 2, occurrences: 5 });
});

function struck(action: string, at: number, target: string, healAt = at + 100): FaultEvent[] {
  const event = (phaseName: FaultEvent["phase"], when: number): FaultEvent => {
    return {
      kind: "fault",
      fault: `1 ${action}`,
      action,
      targets: [target],
      who: "harness",
      phase: phaseName,
      at: when,
    };
  };
  return [event("begin", at), event("strike", at), event("heal", healAt)];
}

function replica(id: string, phaseName: ReplicaEvent["phase"], at: number): ReplicaEvent {
  return { kind: "replica", replica: id, role: id.replace(/-\d$/, ""), phase: phaseName, at, who: "harness" };
}

function lease(who: string) {
  return holder(who, { guard: "lease", key: "lease" });
}

function phase(name: "load", at: number): HistoryEvent {
  return { kind: "phase", phase: name, at, who: "harness" };
}
