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

function recoveryFrom(history: Partial<History>, journeys: readonly Journey[] = []) {
  const whole = { ...emptyHistory, faults: [kill], ...history };
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

test("the jobs in flight at the strike are followed to the last, and the lost ones counted", () => {
  const journeys: Journey[] = [
    { job: "before", load: "l", acknowledgedAt: 100, effectAt: 200 },
    { job: "quick", load: "l", acknowledgedAt: 900, effectAt: 1_100 },
    { job: "slow", load: "l", acknowledgedAt: 950, effectAt: 3_400 },
    { job: "lost", load: "l", acknowledgedAt: 960, effectAt: undefined },
    { job: "after", load: "l", acknowledgedAt: 1_200, effectAt: 9_000 },
  ];
  expect(recoveryFrom({}, journeys)).toMatchObject({
    inFlight: 3,
    inFlightDoneMs: 2_400,
    inFlightWithoutEffect: 1,
    longestSilenceMs: 2_300,
  });
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
