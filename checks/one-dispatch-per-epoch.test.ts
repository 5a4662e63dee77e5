import { describe, expect, test } from "vitest";

import { oneDispatchPerEpoch } from "./one-dispatch-per-epoch.ts";
import { dispatched, executed, verdictOn } from "./story.test-support.ts";

describe("oneDispatchPerEpoch", () => {
  test("accepts one message for each attempt, seen once or again", () => {
    const events = [dispatched("a", 1, 7), dispatched("a", 9, 9, 2), dispatched("b", 2, 8), dispatched("b", 3, 8)];
    expect(verdictOn(oneDispatchPerEpoch(), ...events)).toMatchObject({ status: "pass", examined: 3 });
  });

  test("rejects a second message for an attempt", () => {
    const verdict = verdictOn(
      oneDispatchPerEpoch(),
      dispatched("a", 1, 7),
      dispatched("a", 4, 9),
      dispatched("b", 2, 8),
    );
    expect(verdict).toMatchObject({ status: "fail", examined: 2, violations: 1 });
    expect(verdict.counterexamples[0]).toMatchObject({ subject: "a, epoch 1", at: 4 });
    expect(verdict.summary).toContain("as message 9 on worker.worker-1.jobs at 0.004 s");
  });

  test("is unknown when the tap saw nothing", () => {
    expect(verdictOn(oneDispatchPerEpoch(), executed("a", 1)).status).toBe("unknown");
  });
});
