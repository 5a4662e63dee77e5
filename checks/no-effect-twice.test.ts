import { describe, expect, test } from "vitest";

import { noEffectTwice } from "./no-effect-twice.ts";
import { effect, executed, submitted, verdictOn } from "./story.test-support.ts";

describe("noEffectTwice", () => {
  test("accepts a job that was executed three times and took effect once, and measures it", () => {
    const verdict = verdictOn(
      noEffectTwice(),
      ...[executed("a", 1), executed("b", 1), executed("b", 5, { epoch: 2 })],
      ...[executed("c", 1), executed("c", 5, { epoch: 2 }), executed("c", 9, { epoch: 3 })],
      ...[effect("a", 2), effect("b", 6, { epoch: 2 }), effect("b", 7, { decision: "stale" })],
      ...[effect("c", 6, { epoch: 2 }), effect("c", 10, { epoch: 3, decision: "repeated" })],
    );
    expect(verdict).toMatchObject({ status: "pass", examined: 3, violations: 0 });
    expect(Object.fromEntries(verdict.measurements.map(({ name, value }) => [name, value]))).toEqual({
      jobsExecutedOnce: 1,
      jobsExecutedTwice: 1,
      jobsExecutedMoreOften: 1,
      executionsPerJobMax: 3,
      effectsRefusedAsStale: 1,
      effectsRefusedAsRepeated: 1,
    });
  });

  test("rejects a second accepted effect, in the same epoch or another", () => {
    const again = verdictOn(noEffectTwice(), effect("a", 2), effect("a", 3, { worker: "worker-2" }), effect("b", 2));
    expect(again).toMatchObject({ status: "fail", examined: 2, violations: 1 });
    expect(again.counterexamples).toEqual([
      {
        subject: "a",
        because:
          "its effect was accepted 2 times: from worker-1 in epoch 1 at 0.002 s, from worker-2 in epoch 1 at 0.003 s",
        at: 3,
      },
    ]);
    expect(verdictOn(noEffectTwice(), effect("a", 2), effect("a", 3, { epoch: 2 })).status).toBe("fail");
  });

  test("is unknown when nothing took effect, though jobs were accepted and executed", () => {
    expect(verdictOn(noEffectTwice(), submitted("a", 1), executed("a", 2)).status).toBe("unknown");
    expect(verdictOn(noEffectTwice()).status).toBe("unknown");
  });
});
