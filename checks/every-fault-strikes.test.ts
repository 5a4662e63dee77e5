import { describe, expect, test } from "vitest";

import type { HistoryEvent } from "../core/mod.ts";
import { everyFaultStrikes } from "./every-fault-strikes.ts";
import { verdictOn } from "./story.test-support.ts";

const trap = { kind: "fault", fault: "1 crash scheduler-1", action: "crash", who: "harness" } as const;
const begins: HistoryEvent = { ...trap, phase: "begin", targets: ["scheduler-1"], at: 1 };
const springs: HistoryEvent = { ...trap, phase: "strike", targets: ["scheduler-1"], at: 2 };
const heals: HistoryEvent = { ...trap, phase: "heal", targets: ["scheduler-1"], at: 3 };

describe("everyFaultStrikes", () => {
  test("accepts a trap that sprang", () => {
    expect(verdictOn(everyFaultStrikes(1), begins, springs, heals)).toMatchObject({ status: "pass", examined: 1 });
  });

  test("knows nothing when a trap never sprang", () => {
    const verdict = verdictOn(everyFaultStrikes(1), begins, heals);
    expect(verdict.status).toBe("unknown");
    expect(verdict.summary).toContain("1 crash scheduler-1 never struck");
  });

  test("knows nothing when a fault never began", () => {
    expect(verdictOn(everyFaultStrikes(2), begins, springs, heals).status).toBe("unknown");
  });
});
