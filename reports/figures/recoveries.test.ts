import { expect, test } from "vitest";

import type { FaultWindow, History, ReplicaEvent, SectionHistory } from "../../core/mod.ts";
import { emptyHistory } from "../sample-record.test-support.ts";
import type { Journey } from "./journeys.ts";
import { recoveries } from "./recoveries.ts";
import { silences } from "./waiting.ts";

const kill: FaultWindow = {
  fault: "1 kill scheduler-1",
  action: "kill",
  targets: ["scheduler-1"],
  beginAt: 990,
  struckAt: 1_000,
  healAt: 3_000,
};

function term(who: string, enteredAt: number, endedAt?: number): SectionHistory {
  const rest = { renewedAt: enteredAt, validUntil: 1_800, endNotedAt: endedAt, end: undefined, removed: undefined };
  return { guard: "lease", key: "lead", section: `${who}/${enteredAt}`, who, enteredAt, endedAt, ...rest };
}

function journey(job: string, acknowledgedAt: number, effectAt?: number): Journey {
  const tookMs = effectAt === undefined ? undefined : effectAt - acknowledgedAt;
  return { job, load: "l", acknowledgedAt, effectAt, tookMs };
}

function recoveryFrom(history: Partial<History>, journeys: readonly Journey[] = []) {
  const whole = { ...emptyHistory, endedAt: 10_000, faults: [kill], ...history };
  return recoveries(whole, { journeys, silences: silences(journeys), endMs: 10_000 })[0];
}

test("the takeover counts from the strike to the next holder of every lease that a target held", () => {
  const sections = [term("scheduler-1", 100), term("scheduler-2", 2_500)];
  expect(recoveryFrom({ sections })).toMatchObject({ leasesHeld: 1, takeoverMs: 1_500 });
});

test("a lease that nobody takes over has no takeover, and one that the target did not hold needs none", () => {
  expect(recoveryFrom({ sections: [term("scheduler-1", 100)] })).toMatchObject({
    leasesHeld: 1,
    takeoverMs: undefined,
  });
  expect(recoveryFrom({ sections: [term("scheduler-2", 100)] })).toMatchObject({ leasesHeld: 0 });
  expect(recoveryFrom({ sections: [term("scheduler-1", 100, 900)] })).toMatchObject({ leasesHeld: 0 });
});

test("the jobs that a fault met are followed to the last, and the lost ones counted", () => {
  const journeys: Journey[] = [
    journey("before", 100, 200),
    journey("quick", 900, 1_100),
    journey("slow", 950, 3_400),
    journey("lost", 960),
    journey("under it", 2_900, 5_500),
    journey("after", 3_200, 9_000),
  ];
  expect(recoveryFrom({}, journeys)).toMatchObject({
    jobsMet: 4,
    firstEffectMs: 100,
    slowestJobMs: 2_600,
    jobsWithoutEffect: 1,
    longestSilenceMs: 2_300,
  });
});

test("the next fault takes over where it strikes", () => {
  const next = { ...kill, fault: "2 pause worker-1", targets: ["worker-1"], struckAt: 2_000 };
  const journeys: Journey[] = [journey("late", 2_500, 2_600)];
  expect(recoveryFrom({ faults: [kill, next] }, journeys)).toMatchObject({ jobsMet: 0, slowestJobMs: undefined });
});

test("a target is back when it is ready again after the strike", () => {
  const ready = (at: number): ReplicaEvent => {
    return { kind: "replica", who: "world", at, replica: "scheduler-1", role: "scheduler", phase: "ready" };
  };
  expect(recoveryFrom({ replicas: [ready(500), ready(3_700)] })).toMatchObject({ backMs: 2_700 });
  expect(recoveryFrom({ replicas: [ready(500)] })).toMatchObject({ backMs: undefined });
});

test("a trap that never sprang leaves nothing to recover from", () => {
  const { struckAt: _, ...never } = kill;
  expect(recoveryFrom({ faults: [{ ...never, struckAt: undefined }] })).toBeUndefined();
});
