import { expect, test } from "vitest";

import type { FaultWindow, History, PhaseEvent, ReplicaEvent, SectionHistory } from "../../core/mod.ts";
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
  const rest = {
    renewedAt: enteredAt,
    renewals: 0,
    validUntil: 1_800,
    endNotedAt: endedAt,
    end: undefined,
    removed: undefined,
  };
  return { guard: "lease", key: "lead", section: `${who}/${enteredAt}`, who, enteredAt, endedAt, ...rest };
}

function exit(replica: string, at: number): ReplicaEvent {
  return { kind: "replica", who: "world", at, replica, role: "scheduler", phase: "exited" };
}

function journey(job: string, acknowledgedAt: number, effectAt?: number): Journey {
  const tookMs = effectAt === undefined ? undefined : effectAt - acknowledgedAt;
  return { job, load: "l", acknowledgedAt, effectAt, tookMs };
}

function recoveryFrom(history: Partial<History>, journeys: readonly Journey[] = []) {
  const whole = { ...emptyHistory, endedAt: 10_000, faults: [kill], ...history };
  return recoveries(whole, { journeys, silences: silences(journeys), endMs: 10_000 })[0];
}

test("a lease that the target lost counts until its next term, from the strike", () => {
  const sections = [term("scheduler-1", 100), term("scheduler-2", 2_500)];
  const replicas = [exit("scheduler-1", 1_010)];
  expect(recoveryFrom({ sections, replicas })).toMatchObject({ leasesHeld: 1, leasesLost: 1, ledAgainMs: 1_500 });
});

test("the same replica may lead again", () => {
  const sections = [term("scheduler-1", 100, 3_100), term("scheduler-1", 5_000)];
  expect(recoveryFrom({ sections })).toMatchObject({ leasesLost: 1, ledAgainMs: 4_000 });
});

test("a lost lease that nobody takes has no next term, and one that was kept needs none", () => {
  const lost = { sections: [term("scheduler-1", 100)], replicas: [exit("scheduler-1", 1_010)] };
  expect(recoveryFrom(lost)).toMatchObject({ leasesLost: 1, ledAgainMs: undefined });
  expect(recoveryFrom({ sections: [term("scheduler-1", 100)] })).toMatchObject({ leasesHeld: 1, leasesLost: 0 });
});

test("what the next fault, or the end of the plane, took away is not counted against this one", () => {
  const sections = [term("scheduler-1", 100, 4_050), term("scheduler-2", 6_000)];
  const faults = [kill, { ...kill, fault: "2 kill scheduler-1", struckAt: 4_000 }];
  expect(recoveryFrom({ sections, faults })).toMatchObject({ leasesLost: 0 });
  const phases: PhaseEvent[] = [{ kind: "phase", who: "harness", at: 4_000, phase: "end" }];
  expect(recoveryFrom({ sections, phases })).toMatchObject({ leasesLost: 0 });
});

test("leases of others do not matter, nor those given back before the strike", () => {
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
  const ready = (at: number): ReplicaEvent => ({ ...exit("scheduler-1", at), phase: "ready" });
  expect(recoveryFrom({ replicas: [ready(500), ready(3_700)] })).toMatchObject({ backMs: 2_700 });
  expect(recoveryFrom({ replicas: [ready(500)] })).toMatchObject({ backMs: undefined });
});

test("a trap that never sprang leaves nothing to recover from", () => {
  const { struckAt: _, ...never } = kill;
  expect(recoveryFrom({ faults: [{ ...never, struckAt: undefined }] })).toBeUndefined();
});
