import { describe, expect, test } from "vitest";

import { check, counterexamplesMax, type Finding } from "./check.ts";
import { story, submitted } from "./story.test-support.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function small(subjects: readonly number[], judge: (subject: number) => Finding) {
  return check("numbers are small", () => subjects, judge, {
    subjects: "numbers",
    none: "there was no number",
    seen: (seen) => `the largest was ${Math.max(...seen)}`,
    measure: (seen) => [{ name: "numberMax", value: Math.max(0, ...seen) }],
  }).judge(story(submitted("a", 5)));
}

describe("check", () => {
  test("passes when every subject agrees, and says what it saw", () => {
    expect(small(numbers(3), () => undefined)).toEqual({
      check: "numbers are small",
      status: "pass",
      examined: 3,
      violations: 0,
      counterexamples: [],
      measurements: [{ name: "numberMax", value: 2 }],
      summary: "3 numbers: the largest was 2.",
    });
  });

  test("fails when one contradicts, counts them all, and keeps the first few", () => {
    const verdict = small(numbers(50), (each) =>
      each < 20 ? undefined : { subject: `${each}`, because: "too large" },
    );
    expect(verdict).toMatchObject({ status: "fail", examined: 50, violations: 30 });
    expect(verdict.counterexamples).toHaveLength(counterexamplesMax);
    expect(verdict.summary).toBe("30 of 50 numbers contradict; the first is 20: too large.");
  });

  test("is unknown without subjects", () => {
    expect(small([], () => undefined)).toMatchObject({
      status: "unknown",
      examined: 0,
      summary: "Nothing was examined: there was no number.",
    });
  });

  test("is unknown when a subject could not be examined, unless another contradicts", () => {
    const unexamined = { unexamined: "it was hidden" };
    expect(small(numbers(2), (each) => (each === 0 ? unexamined : undefined))).toMatchObject({
      status: "unknown",
      examined: 1,
      summary: "1 of 2 numbers could not be examined: it was hidden.",
    });
    const verdict = small(numbers(2), (each) => (each === 0 ? unexamined : { subject: "1", because: "too large" }));
    expect(verdict).toMatchObject({ status: "fail", examined: 1, violations: 1 });
  });

  test("is unknown, never passed, when the judge throws", () => {
    const verdict = small(numbers(2), () => {
      throw new Error("the scales broke");
    });
    expect(verdict).toMatchObject({ status: "unknown", examined: 0 });
    expect(verdict.summary).toContain("the scales broke");
  });
});
