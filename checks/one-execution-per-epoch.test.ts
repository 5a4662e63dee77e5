import { describe, expect, test } from "vitest";

import { oneExecutionPerEpoch } from "./one-execution-per-epoch.ts";
import { dispatched, effect, executed, verdictOn } from "./story.test-support.ts";

describe("oneExecutionPerEpoch", () => {
  test("accepts a job that is executed again under a new epoch", () => {
    const events = [executed("a", 1), executed("a", 9, { epoch: 2, endAt: 12 }), executed("b", 1, { endAt: 3 })];
    expect(verdictOn(oneExecutionPerEpoch(), ...events)).toMatchObject({ status: "pass", examined: 3 });
  });

  test("rejects two executions of one attempt, by two workers or by one", () => {
    const two = verdictOn(oneExecutionPerEpoch(), executed("a", 1), executed("a", 5, { worker: "worker-2" }));
    expect(two).toMatchObject({ status: "fail", examined: 1, violations: 1 });
    expect(two.counterexamples[0]).toEqual({
      subject: "a, epoch 1",
      because: "executed 2 times: by worker-1 at 0.001 s, by worker-2 at 0.005 s",
      at: 5,
    });
    const one = verdictOn(oneExecutionPerEpoch(), executed("a", 1, { endAt: 2 }), executed("a", 5, { endAt: 6 }));
    expect(one.status).toBe("fail");
  });

  test("is unknown when nobody executed anything", () => {
    expect(verdictOn(oneExecutionPerEpoch(), dispatched("a", 1, 1), effect("a", 2)).status).toBe("unknown");
  });
});
