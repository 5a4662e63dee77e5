import { describe, expect, test } from "vitest";

import { lostBytesSample, type HistoryEvent } from "../core/mod.ts";
import { onlyTheTailIsLost } from "./only-the-tail-is-lost.ts";
import { effect, read, submitted, verdictOn } from "./story.test-support.ts";

const good = (job: string, at: number) => [submitted(job, at), effect(job, at + 10), read(job, "SUCCEEDED", 900)];

/** Redis fails over: from 100 to 200 only its old primary knew what was written. */
function failover(action = "failOver"): HistoryEvent[] {
  const fault = { kind: "fault" as const, fault: `1 ${action} redis`, action, targets: [], who: "harness" };
  return [
    { ...fault, phase: "begin", at: 100 },
    { ...fault, phase: "strike", targets: ["redis"], at: 150 },
    { kind: "sample", name: lostBytesSample, value: 1_000, who: "harness", at: 200 },
    { ...fault, phase: "heal", at: 300 },
  ];
}

describe("onlyTheTailIsLost", () => {
  test("forgives the loss of a job that was acknowledged or written to in the tail, and counts it", () => {
    const lost = [submitted("lost", 120), read("lost", "missing", 900)];
    const write = { kind: "write", job: "old", accepted: true, from: "RUNNING", to: "SUCCEEDED", epoch: 1 } as const;
    const old = [submitted("old", 50), { ...write, at: 180, who: "scheduler-1" }, read("old", "TIMEOUT", 900)];
    const verdict = verdictOn(onlyTheTailIsLost(), failover(), good("a", 20), lost, old);
    expect(verdict).toMatchObject({ status: "pass", examined: 3 });
    expect(verdict.measurements).toEqual([
      { name: "jobsInTail", value: 2 },
      { name: "jobsLostWithTail", value: 1 },
    ]);
  });

  test.each([
    ["before it", 50],
    ["after it", 250],
  ])("rejects the loss of a job from %s", (_when, at) => {
    const lost = [submitted("lost", at), read("lost", "missing", 900)];
    const verdict = verdictOn(onlyTheTailIsLost(), failover(), good("a", 20), lost);
    expect(verdict).toMatchObject({ status: "fail", violations: 1 });
  });

  test("rejects a job of the tail that is still there and never ends, unless it may stay", () => {
    const stuck = [submitted("stuck", 120), read("stuck", "PENDING", 900)];
    expect(verdictOn(onlyTheTailIsLost(), failover(), stuck)).toMatchObject({ status: "fail" });
    expect(verdictOn(onlyTheTailIsLost({ mayStay: true }), failover(), stuck)).toMatchObject({ status: "pass" });
  });

  test("knows no tail of other faults, nor without a sample of what was lost", () => {
    const lost = [submitted("lost", 120), read("lost", "missing", 900)];
    expect(verdictOn(onlyTheTailIsLost(), failover("restartServer"), lost).status).toBe("fail");
    const unsampled = failover().filter(({ kind }) => kind !== "sample");
    expect(verdictOn(onlyTheTailIsLost(), unsampled, lost).status).toBe("fail");
  });
});
