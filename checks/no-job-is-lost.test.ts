import { describe, expect, test } from "vitest";

import { noJobIsLost } from "./no-job-is-lost.ts";
import { effect, read, submitted, verdictOn } from "./story.test-support.ts";

const good = (job: string) => [submitted(job, 10), effect(job, 20), read(job, "SUCCEEDED", 90)];

describe("noJobIsLost", () => {
  test("accepts jobs that succeeded and took effect, and counts them", () => {
    const verdict = verdictOn(noJobIsLost(), good("a"), good("b"));
    expect(verdict).toMatchObject({ status: "pass", examined: 2, violations: 0 });
    expect(verdict.measurements).toEqual([{ name: "acknowledgedJobs", value: 2 }]);
  });

  test("does not hold a submission without an acknowledgement against the plane", () => {
    const unclear = submitted("b", 10, { outcome: "unknown" });
    expect(verdictOn(noJobIsLost(), good("a"), unclear, read("b", "RUNNING", 90))).toMatchObject({
      status: "pass",
      examined: 1,
    });
  });

  test.each(["PENDING", "SCHEDULED", "DISPATCHED", "RUNNING", "RETRYING", "missing"])(
    "rejects a job that is still %s at the end",
    (state) => {
      const verdict = verdictOn(noJobIsLost(), good("a"), submitted("b", 10), effect("b", 20), read("b", state, 90));
      expect(verdict).toMatchObject({ status: "fail", examined: 2, violations: 1 });
      expect(verdict.counterexamples[0]).toEqual({
        subject: "b",
        because: `acknowledged at 0.010 s, and still ${state} at the last read`,
        at: 90,
      });
    },
  );

  test.each(["FAILED", "TIMEOUT", "DENIED", "CANCELLED", "OUTPUT_QUARANTINED"])(
    "rejects a job that ended as %s, unless it may",
    (state) => {
      const events = [submitted("b", 10), read("b", state, 90, { cause: "worker_lost" })];
      const verdict = verdictOn(noJobIsLost(), good("a"), events);
      expect(verdict).toMatchObject({ status: "fail", violations: 1 });
      expect(verdict.summary).toContain(`ended as ${state} (worker_lost)`);
      expect(verdictOn(noJobIsLost({ mayFail: true }), good("a"), events).status).toBe("pass");
    },
  );

  test.each([true, false])("rejects the plane's word alone that a job succeeded (may fail: %s)", (mayFail) => {
    const refused = effect("b", 20, { decision: "stale" });
    const verdict = verdictOn(noJobIsLost({ mayFail }), submitted("b", 10), refused, read("b", "SUCCEEDED", 90));
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
    expect(verdict.summary).toContain("the sink never accepted");
  });

  test("goes by the last read: a job may be late", () => {
    expect(verdictOn(noJobIsLost(), good("a"), read("a", "RUNNING", 15)).status).toBe("pass");
  });

  test("is unknown when a job could not be read, and when nothing was acknowledged", () => {
    expect(verdictOn(noJobIsLost(), good("a"), submitted("b", 10), effect("b", 20))).toMatchObject({
      status: "unknown",
      examined: 1,
    });
    expect(verdictOn(noJobIsLost(), submitted(undefined, 10, { outcome: "refused" })).status).toBe("unknown");
    expect(verdictOn(noJobIsLost()).status).toBe("unknown");
  });
});
