import { expect, test } from "vitest";

import { indexHistory, type HistoryEvent } from "../../core/mod.ts";
import { sampleRecord } from "../sample-record.test-support.ts";
import { measuresOf } from "./measures-of.ts";

const who = "w";

/** Jobs due every 10 ms from 0, acknowledged after 4 ms and in effect after 10 ms more. */
function work(count: number): HistoryEvent[] {
  return Array.from({ length: count }, (_, index): HistoryEvent[] => {
    const [intendedAt, job] = [index * 10, `job-${index}`];
    const operation = { kind: "op", op: "submit", id: index, load: "steady", via: "gateway-1" } as const;
    return [
      { ...operation, intendedAt, sentAt: intendedAt + 3, outcome: "ok", job, at: intendedAt + 4, who },
      { kind: "effect", job, epoch: 1, worker: "w", decision: "accepted", at: intendedAt + 14, who },
    ];
  }).flat();
}

function measured(...events: (HistoryEvent | HistoryEvent[])[]) {
  const history = indexHistory(events.flat().toSorted((a, b) => a.at - b.at));
  const measures = measuresOf({ record: sampleRecord(), history });
  return (id: string) => measures.find((measure) => measure.id === id);
}

test("latencies count from when an operation was due, and end to end from its acknowledgement", () => {
  const of = measured(work(600));
  expect(of("submit-p50")).toMatchObject({ value: 4, unit: "ms", better: "lower" });
  expect(of("submit-p99")?.value).toBe(4);
  expect(of("end-to-end-p99")?.value).toBe(10);
});

test("a percentile of too few samples is missing, and says so", () => {
  const of = measured(work(599));
  expect(of("submit-p50")?.value).toBe(4);
  expect(of("submit-p99")).toMatchObject({ value: undefined, because: "insufficient samples: 599, and p99 takes 600" });
  expect(measured(work(19))("end-to-end-p50")?.because).toContain("p50 takes 20");
});

test("throughput is what took effect while load came in", () => {
  // The last of 101 arrivals is due at 1,000 ms; by then the first 99 jobs have taken effect.
  expect(measured(work(101))("jobs-per-second")).toMatchObject({ value: 99, better: "higher" });
  expect(measured(work(1))("jobs-per-second")?.value).toBeUndefined();
});

test("renewals of job locks count for as long as load and faults last; those of leases do not", () => {
  const renewals = (section: string, guard: "lock" | "lease", times: number): HistoryEvent[] => {
    const stay = { kind: "section", guard, key: section, section, who } as const;
    const renewed = Array.from({ length: times }, (_, index) => ({
      ...stay,
      phase: "renewed" as const,
      at: 10 + index,
    }));
    return [{ ...stay, phase: "entered", at: 5, validUntil: 99 }, ...renewed];
  };
  const of = measured(
    { kind: "phase", phase: "load", at: 0, who },
    { kind: "phase", phase: "load-end", at: 2_000, who },
    renewals("a", "lock", 3),
    renewals("b", "lock", 1),
    renewals("lead", "lease", 9),
  );
  expect(of("lock-renewals")).toMatchObject({ value: 2, unit: "per second" });
});

test("what was done more than once is counted beyond the first time", () => {
  const begin = (execution: string, at: number): HistoryEvent => {
    return { kind: "execution", phase: "begin", job: "j", epoch: 1, execution, at, who };
  };
  const dispatch = (sequence: number, at: number): HistoryEvent => {
    return { kind: "dispatch", job: "j", epoch: 1, subject: "s", sequence, at, who };
  };
  const of = measured(begin("e1", 1), begin("e2", 2), begin("e3", 3), dispatch(1, 4), dispatch(2, 5));
  expect(of("repeated-executions")?.value).toBe(2);
  expect(of("repeated-dispatches")?.value).toBe(1);
  expect(measured(work(30))("repeated-executions")?.value).toBe(0);
});

function fault(name: string, action: string, beginAt: number, healAt: number): HistoryEvent[] {
  const same = { kind: "fault" as const, fault: name, action, targets: ["scheduler-1"], who };
  return [
    { ...same, phase: "begin", at: beginAt },
    { ...same, phase: "strike", at: beginAt },
    { ...same, phase: "heal", at: healAt },
  ];
}

test("recovery is the longest that a job waited because of a fault; a wait is no fault to recover from", () => {
  const submit = {
    kind: "op",
    op: "submit",
    id: 1,
    load: "l",
    via: "g",
    intendedAt: 1,
    sentAt: 1,
    outcome: "ok",
  } as const;
  const of = measured(
    { ...submit, job: "late", at: 2, who },
    fault("1 delay scheduler-1", "delay", 5, 900),
    fault("2 kill scheduler-1", "kill", 100, 800),
    { kind: "effect", job: "late", epoch: 1, worker: "w", decision: "accepted", at: 850, who },
  );
  expect(of("recovery-2")).toMatchObject({ value: 750, title: "recovery from fault 2 (kill)" });
  expect(of("recovery")?.value).toBe(750);
  expect(of("recovery-1")).toBeUndefined();
});

test("a job that never took effect leaves the recovery unknown", () => {
  const submit = {
    kind: "op",
    op: "submit",
    id: 1,
    load: "l",
    via: "g",
    intendedAt: 1,
    sentAt: 1,
    outcome: "ok",
  } as const;
  const of = measured({ ...submit, job: "lost", at: 2, who }, fault("1 kill scheduler-1", "kill", 100, 800));
  expect(of("recovery-1")).toMatchObject({ value: undefined, because: "1 jobs that it met never took effect" });
  expect(of("recovery")?.value).toBeUndefined();
  expect(measured(work(5))("recovery")?.because).toBe("no fault struck");
});
