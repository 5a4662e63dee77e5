import { describe, expect, test } from "vitest";

import { indexHistory, type HistoryEvent } from "./mod.ts";

const who = "w";

describe("indexHistory", () => {
  test("counts the events and knows the end", () => {
    const history = indexHistory([
      { kind: "phase", phase: "boot", at: 1, who },
      { kind: "phase", phase: "end", at: 20, who },
    ]);
    expect(history).toMatchObject({ size: 2, endedAt: 20 });
    expect(history.phases.map(({ phase }) => phase)).toEqual(["boot", "end"]);
  });

  test("gathers everything about a job, from whoever wrote it", () => {
    const job = "j";
    const history = indexHistory([
      { kind: "write", job, accepted: true, to: "PENDING", epoch: 0, at: 1, who: "gateway-1" },
      submission({ job, at: 2, outcome: "ok" }),
      { kind: "dispatch", job, epoch: 1, subject: "job.default", sequence: 9, at: 3, who: "tap" },
      { kind: "execution", phase: "begin", job, epoch: 1, execution: "e1", at: 4, who: "worker-1" },
      { kind: "effect", job, epoch: 1, worker: "worker-1", decision: "accepted", at: 5, who: "sink" },
      { kind: "execution", phase: "end", job, epoch: 1, execution: "e1", outcome: "succeeded", at: 6, who: "worker-1" },
      { kind: "job-read", job, via: "gateway-1", state: "SUCCEEDED", at: 7, who: "harness" },
    ]);
    const known = history.jobs.get(job);
    expect(known).toMatchObject({ id: job, acknowledgedAt: 2, load: "steady" });
    expect(known?.executions).toEqual([
      { execution: "e1", epoch: 1, worker: "worker-1", beginAt: 4, endAt: 6, outcome: "succeeded" },
    ]);
    expect([known?.effects, known?.dispatches, known?.writes, known?.reads].map((list) => list?.length)).toEqual([
      1, 1, 1, 1,
    ]);
  });

  test("takes the first acknowledgement, and only a submission's", () => {
    const history = indexHistory([
      submission({ job: "j", at: 1, outcome: "unknown" }),
      submission({ job: "j", at: 2, outcome: "ok" }),
      submission({ job: "j", at: 3, outcome: "ok" }),
      { ...submission({ job: "k", at: 4, outcome: "ok" }), op: "cancel" } as HistoryEvent,
    ]);
    expect(history.jobs.get("j")?.acknowledgedAt).toBe(2);
    expect(history.jobs.get("k")?.acknowledgedAt).toBeUndefined();
    expect(history.operations).toHaveLength(4);
  });

  test("leaves the end of an execution open when its worker never told it", () => {
    const history = indexHistory([
      { kind: "execution", phase: "begin", job: "j", epoch: 1, execution: "e", at: 4, who: "worker-1" },
    ]);
    expect(history.jobs.get("j")?.executions[0]).toMatchObject({ endAt: undefined, outcome: undefined });
  });

  test("follows a stay in a critical section through its renewals to its release", () => {
    const history = indexHistory([
      { ...section, phase: "entered", validUntil: 40, at: 10, who },
      { ...section, phase: "renewed", validUntil: 50, at: 20, who },
      { ...section, phase: "left", removed: true, sentAt: 24, at: 25, who },
      { ...section, phase: "renewed", validUntil: 90, at: 26, who },
    ]);
    expect(history.sections).toEqual([
      {
        guard: "lock",
        key: "k",
        section: "s",
        who,
        enteredAt: 10,
        renewedAt: 20,
        renewals: 1,
        validUntil: 50,
        endedAt: 24,
        endNotedAt: 25,
        end: "left",
        removed: true,
      },
    ]);
  });

  test("lets a stay end when its holder gave up, and remembers what a later release did", () => {
    const history = indexHistory([
      { ...section, phase: "entered", validUntil: 40, at: 10, who },
      { ...section, phase: "abandoned", at: 30, who },
      { ...section, phase: "left", removed: true, at: 60, who },
    ]);
    expect(history.sections[0]).toMatchObject({ end: "abandoned", endedAt: 30, endNotedAt: 60, removed: true });
  });

  test.each<[string, HistoryEvent]>([
    ["an execution", { kind: "execution", phase: "end", job: "j", epoch: 1, execution: "e", at: 1, who }],
    ["a section", { ...{ kind: "section", guard: "lock", key: "k", section: "s" }, phase: "left", at: 1, who }],
    ["a fault", { kind: "fault", phase: "heal", fault: "f", action: "kill", targets: [], at: 1, who }],
  ])("refuses the end of %s that never began", (_, event) => {
    expect(() => indexHistory([event])).toThrow(/history_inconsistent.*comes before the beginning/);
  });

  test("refuses events out of order and kinds that it does not know", () => {
    const boot = { kind: "phase", phase: "boot", who } as const;
    expect(() =>
      indexHistory([
        { ...boot, at: 2 },
        { ...boot, at: 1 },
      ]),
    ).toThrow("time runs backwards");
    expect(() => indexHistory([{ kind: "omen", at: 1, who } as unknown as HistoryEvent])).toThrow("omen");
  });
});

const section = { kind: "section", guard: "lock", key: "k", section: "s" } as const;

function submission(of: { job: string; at: number; outcome: "ok" | "unknown" }): HistoryEvent {
  return { kind: "op", op: "submit", id: 1, load: "steady", via: "gateway-1", intendedAt: 0, sentAt: 0, who, ...of };
}
