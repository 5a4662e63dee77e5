import { expect, test } from "vitest";

import { indexHistory, type HistoryEvent, type SectionEvent } from "../../core/mod.ts";
import { worldFigures } from "./world-figures.ts";

const who = "w";

function figuresOf(...events: (HistoryEvent | HistoryEvent[])[]) {
  const history = indexHistory(events.flat().toSorted((a, b) => a.at - b.at));
  const figures = worldFigures({ record: { lastedMs: history.endedAt }, history });
  return (id: string) => figures.find((figure) => figure.id === id);
}

/** A job that was due at a time, and went through its stages 1, 2, 4 and 8 ms after another. */
function job(id: number, dueAt: number): HistoryEvent[] {
  const name = `job-${id}`;
  const submit = { kind: "op", op: "submit", id, load: "l", via: "g", intendedAt: dueAt, sentAt: dueAt } as const;
  const execution = { kind: "execution", job: name, epoch: 1, execution: `${name}/1`, who } as const;
  return [
    { ...submit, outcome: "ok", job: name, at: dueAt + 1, who },
    { kind: "dispatch", job: name, epoch: 1, subject: "s", sequence: id, at: dueAt + 3, who },
    { ...execution, phase: "begin", at: dueAt + 7 },
    { ...execution, phase: "end", outcome: "succeeded", at: dueAt + 15 },
    { kind: "effect", job: name, epoch: 1, worker: who, decision: "accepted", at: dueAt + 15, who },
  ];
}

const work = (count: number): HistoryEvent[] =>
  Array.from({ length: count }, (_, index) => job(index, index * 10)).flat();

test("each stage of a job's way begins where the one before it ended", () => {
  const of = figuresOf(work(30));
  const stages = ["submit", "dispatch", "queue", "execution", "end-to-end"].map((stage) => of(`${stage}-p50`)?.value);
  expect(stages).toEqual([1, 2, 4, 8, 14]);
});

test("a percentile takes as many samples as make it more than the maximum", () => {
  expect(figuresOf(work(59))("submit-p90")).toMatchObject({
    value: undefined,
    because: "insufficient samples: p90 takes 60",
  });
  expect(figuresOf(work(60))("submit-p90")?.value).toBe(1);
  expect(figuresOf(work(599))("submit-p99")?.value).toBeUndefined();
  expect(figuresOf(work(600))("submit-p99")?.value).toBe(1);
});

test("duplicates: dispatches per epoch, executions per job, and what the sink and the store refused", () => {
  const of = figuresOf(
    work(2),
    { kind: "dispatch", job: "job-0", epoch: 1, subject: "s", sequence: 8, at: 100, who },
    { kind: "dispatch", job: "job-1", epoch: 2, subject: "s", sequence: 9, at: 101, who },
    { kind: "execution", phase: "begin", job: "job-1", epoch: 2, execution: "again", at: 102, who },
    { kind: "effect", job: "job-1", epoch: 1, worker: who, decision: "stale", at: 103, who },
    { kind: "effect", job: "job-1", epoch: 3, worker: who, decision: "repeated", at: 104, who },
    { kind: "write", job: "job-1", accepted: false, to: "RUNNING", epoch: 1, at: 105, who },
  );
  // Three epochs of two jobs, one of them dispatched twice.
  expect(of("dispatches-per-epoch")?.value).toBeCloseTo(4 / 3);
  expect(of("repeated-dispatches")?.value).toBe(2);
  expect(of("executions-per-job")?.value).toBe(1.5);
  expect(of("repeated-executions")?.value).toBe(1);
  expect(of("stale-effects")?.value).toBe(1);
  expect(of("repeated-effects")?.value).toBe(1);
  expect(of("refused-writes")?.value).toBe(1);
});

test("rates count from the first arrival to the last, each outcome on its own", () => {
  const refused = { kind: "op", op: "submit", load: "l", via: "g", outcome: "refused", who } as const;
  const of = figuresOf(
    work(101),
    { ...refused, id: 900, intendedAt: 500, sentAt: 500, at: 501 },
    { ...refused, id: 901, intendedAt: 500, sentAt: 500, at: 502, outcome: "unknown" },
  );
  expect(of("offered")?.value).toBe(103);
  expect(of("admitted")?.value).toBe(101);
  expect(of("refused")?.value).toBe(1);
  expect(of("unanswered")?.value).toBe(1);
  expect(of("jobs-per-second")?.value).toBe(99);
});

test("locks and leases: how often taken and renewed, and how often a lease changed hands", () => {
  const section = (name: string, holder: string, at: number, renewals: number): HistoryEvent[] => {
    const guard = name.startsWith("lease") ? "lease" : "lock";
    const stay = { kind: "section", guard, key: name, section: `${name}@${at}`, who: holder } as const;
    const renewed = Array.from({ length: renewals }, (_, index): SectionEvent => {
      return { ...stay, phase: "renewed", at: at + 1 + index, validUntil: at + 900 };
    });
    return [
      { ...stay, phase: "entered", at, validUntil: at + 900 },
      ...renewed,
      { ...stay, phase: "left", removed: true, at: at + 50 },
    ];
  };
  const of = figuresOf(
    { kind: "phase", phase: "load", at: 0, who },
    { kind: "phase", phase: "load-end", at: 2_000, who },
    section("job-a", "scheduler-1", 10, 2),
    section("job-b", "scheduler-1", 100, 4),
    section("lease-x", "scheduler-1", 10, 8),
    section("lease-x", "scheduler-1", 100, 0),
    section("lease-x", "scheduler-2", 200, 0),
    section("lease-y", "scheduler-2", 300, 0),
  );
  expect(of("locks-taken")?.value).toBe(1);
  expect(of("lock-renewals")?.value).toBe(3);
  // Eight renewals in four stays of 50 ms each.
  expect(of("lease-renewals")?.value).toBe(40);
  expect(of("lease-terms")?.value).toBe(4);
  expect(of("lease-changes")?.value).toBe(1);
});

test("each fault has its recovery, and what it did not meet is missing with the reason", () => {
  const fault = {
    kind: "fault",
    fault: "2 kill scheduler-1",
    action: "kill",
    targets: ["scheduler-1"],
    who,
  } satisfies Omit<Extract<HistoryEvent, { kind: "fault" }>, "phase" | "at">;
  const replica = { kind: "replica", replica: "scheduler-1", role: "scheduler", phase: "ready", at: 900, who } as const;
  const [acknowledged, , , , effect] = job(1, 99);
  const of = figuresOf(
    acknowledged ?? [],
    { ...fault, phase: "begin", at: 100 },
    { ...fault, phase: "strike", at: 100 },
    { ...(effect as HistoryEvent), at: 750 },
    { ...fault, phase: "heal", at: 800 },
    replica,
  );
  expect(of("recovery-2")).toMatchObject({ value: 650, title: "fault 2 (kill): slowest job" });
  expect(of("under-way-2")?.value).toBe(1);
  expect(of("first-effect-2")?.value).toBe(650);
  expect(of("back-2")).toMatchObject({ value: 800, gap: "boot" });
  expect(of("led-again-2")).toMatchObject({ value: undefined, because: "it met no leader" });
});

test("a job that never took effect leaves the recovery unknown", () => {
  const fault = { kind: "fault" as const, fault: "1 kill s", action: "kill", targets: ["s"], who };
  const [acknowledged] = job(1, 99);
  const of = figuresOf(
    acknowledged ?? [],
    { ...fault, phase: "begin", at: 100 },
    { ...fault, phase: "strike", at: 100 },
  );
  expect(of("recovery-1")?.value).toBeUndefined();
});
