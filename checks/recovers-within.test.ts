import { describe, expect, test } from "vitest";

import { recoversWithin } from "./recovers-within.ts";
import { effect, fault, submitted, verdictOn } from "./story.test-support.ts";

const check = recoversWithin("2s");
const kill = fault("1 kill scheduler-2", "scheduler-2", 10_000, 15_000);
const job = (id: string, acknowledgedAt: number, effectAt: number) => [
  submitted(id, acknowledgedAt),
  effect(id, effectAt),
];

describe("recoversWithin", () => {
  test("accepts a fault after which waiting and new jobs took effect in time, and measures it", () => {
    const verdict = verdictOn(
      check,
      kill,
      job("done before", 9_000, 9_900),
      job("was waiting", 9_990, 11_700),
      job("came in", 12_000, 13_000),
      job("came after", 15_000, 99_000),
    );
    expect(verdict).toMatchObject({ status: "pass", examined: 1, check: "recovers within 2 s" });
    expect(verdict.measurements).toEqual([
      { name: "recoveryMsMax", value: 1_700 },
      { name: "recoveryMs/1 kill scheduler-2", value: 1_700 },
      { name: "firstEffectMs/1 kill scheduler-2", value: 1_700 },
    ]);
  });

  test("counts from the fault, or from the acknowledgement when that came later", () => {
    expect(verdictOn(check, kill, job("a", 5_000, 11_999)).status).toBe("pass");
    expect(verdictOn(check, kill, job("a", 5_000, 12_001)).status).toBe("fail");
    expect(verdictOn(check, kill, job("a", 14_999, 16_900)).status).toBe("pass");
    expect(verdictOn(check, kill, job("a", 14_999, 17_000)).status).toBe("fail");
  });

  test("rejects a job that took too long, and names it", () => {
    const verdict = verdictOn(check, kill, job("a", 9_990, 11_000), job("b", 12_000, 16_000));
    expect(verdict).toMatchObject({ status: "fail", examined: 1, violations: 1 });
    expect(verdict.counterexamples[0]).toEqual({
      subject: "1 kill scheduler-2",
      because: "b, waiting since 12.000 s, took effect after 4 s",
      at: 16_000,
    });
  });

  test("rejects a job that never took effect", () => {
    const verdict = verdictOn(
      check,
      kill,
      job("a", 9_990, 11_000),
      submitted("b", 12_000),
      effect("b", 13_000, { decision: "stale" }),
    );
    expect(verdict.counterexamples[0]?.because).toBe("b, waiting since 12.000 s, never took effect");
    expect(verdict.measurements.every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  test("takes a job whose effect came before its acknowledgement as done", () => {
    expect(verdictOn(check, kill, job("a", 12_000, 11_990))).toMatchObject({ status: "pass", examined: 1 });
  });

  test("ends a fault's time when the next one strikes", () => {
    const pause = fault("2 pause scheduler-1", "scheduler-1", 12_000, 20_000);
    const verdict = verdictOn(check, kill, pause, job("a", 11_000, 11_500), job("b", 13_000, 19_000));
    expect(verdict.counterexamples.map(({ subject }) => subject)).toEqual(["2 pause scheduler-1"]);
    expect(verdict.examined).toBe(2);
  });

  test("is unknown when no fault met a job", () => {
    expect(verdictOn(check, job("a", 1, 2)).status).toBe("unknown");
    expect(verdictOn(check, kill, job("before", 1_000, 2_000), job("after", 16_000, 16_500)).status).toBe("unknown");
    const [waiting] = fault("1 crash scheduler-2", "scheduler-2", 10_000, 15_000);
    expect(verdictOn(check, waiting ?? [], job("a", 12_000, 99_000)).status).toBe("unknown");
  });
});
