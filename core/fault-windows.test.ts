import { describe, expect, test } from "vitest";

import { indexHistory, type FaultEvent, type FaultWindow, type HistoryEvent, type ReplicaEvent } from "./mod.ts";

describe("the window of a fault", () => {
  test("begins when the fault does, and strikes then, as the world sees its target leave", () => {
    expect(windowsOf([fault("begin", 10), replica("exited", 12), fault("heal", 50)])).toEqual([
      { fault: "1 kill a", action: "kill", targets: ["a"], beginAt: 10, struckAt: 10, healAt: 50 },
    ]);
  });

  test("is open while nobody has healed it, and ends with the first heal", () => {
    expect(windowsOf([fault("begin", 10)])[0]?.healAt).toBeUndefined();
    expect(windowsOf([fault("begin", 10), fault("heal", 50), fault("heal", 60)])[0]?.healAt).toBe(50);
  });

  test("strikes when a trap springs, even if the world has seen the target leave by then", () => {
    const events = [fault("begin", 10), replica("paused", 20), fault("strike", 21), fault("strike", 30)];
    expect(windowsOf(events)[0]?.struckAt).toBe(21);
  });

  test("never strikes when its trap did not spring", () => {
    const events = [fault("begin", 10), replica("exited", 15, "b"), fault("heal", 20), replica("exited", 30)];
    expect(windowsOf(events)[0]?.struckAt).toBeUndefined();
  });

  test("keeps which link it is, and how long a delay", () => {
    const slow = { ...fault("begin", 10), to: "redis", delayMs: 100 };
    expect(windowsOf([slow])[0]).toMatchObject({ to: "redis", delayMs: 100 });
  });

  test("names those that were not there when it began", () => {
    const events = [fault("begin", 10, []), fault("strike", 20, ["worker-3"]), fault("strike", 21, ["worker-3"])];
    expect(windowsOf(events)[0]?.targets).toEqual(["worker-3"]);
  });
});

function windowsOf(events: readonly HistoryEvent[]): readonly FaultWindow[] {
  return indexHistory(events).faults;
}

function fault(phase: FaultEvent["phase"], at: number, targets = ["a"]): FaultEvent {
  return { kind: "fault", phase, fault: "1 kill a", action: "kill", targets, at, who: "harness" };
}

function replica(phase: ReplicaEvent["phase"], at: number, name = "a"): ReplicaEvent {
  return { kind: "replica", phase, replica: name, role: "scheduler", at, who: "harness" };
}
