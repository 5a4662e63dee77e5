import { expect, test } from "vitest";

import { sampleComparison, sampleRow } from "./sample-comparison.test-support.ts";
import {
  comparisonSentences,
  differenceText,
  floorText,
  intervalText,
  notComparedSentences,
  percentText,
  ratioText,
  spreadText,
  verdictText,
} from "./words.ts";

test.each([
  [6, "6 times as high"],
  [2, "2 times as high"],
  [1.12, "12 % higher"],
  [0.9, "10 % lower"],
  [0.25, "4 times lower"],
])("×%d is %s", (ratio, words) => {
  expect(differenceText(Math.log(ratio))).toBe(words);
});

test("a verdict says what is better or worse, and by how much", () => {
  expect(verdictText(sampleRow())).toBe("worse: 6 times as high");
  expect(verdictText(sampleRow({ verdict: "better" }))).toContain("better: ");
});

test("no difference is one within a margin that is said, and is told from one that does not matter", () => {
  const within = (lower: number, upper: number) =>
    verdictText(sampleRow({ verdict: "equivalent", interval: { estimate: 0, lower, upper } }));
  expect(within(-0.02, 0.03)).toBe("no difference beyond the noise (equivalent within ±3 %)");
  expect(within(0.02, 0.03)).toBe("no difference that matters (equivalent within ±3 %)");
});

test("what is inconclusive says how many pairs it would take, or that no number would do", () => {
  expect(verdictText(sampleRow({ verdict: "inconclusive", needed: 9 }))).toContain("about 9 pairs");
  expect(verdictText(sampleRow({ verdict: "inconclusive" }))).toContain("even 500 pairs");
  expect(verdictText(sampleRow({ verdict: "not compared", because: "zero has no ratio" }))).toBe("zero has no ratio");
});

test("figures are as short as they can be", () => {
  expect(ratioText(Math.log(1.0394))).toBe("×1.04");
  expect(intervalText(sampleRow())).toBe("5.8 to 6.2");
  expect(intervalText({ interval: { estimate: 0, lower: -Infinity, upper: Infinity } })).toBe("0 to ∞");
  expect(floorText(sampleRow())).toBe("±3 %");
  expect(floorText({})).toBe("–");
  expect(spreadText(sampleRow().a, "ms")).toBe("4.8 s ±4.2 %");
  expect(spreadText({ median: 0, least: 0, most: 3, runs: 4 }, "count")).toBe("0 (up to 3)");
  expect(percentText(0.12345)).toBe("12 %");
  expect(percentText(1e-15)).toBe("<0.1 %");
  expect(percentText(Infinity)).toBe("more than 10,000 %");
});

test("what could not be compared is told by its reason", () => {
  const left = (title: string, because: string) => sampleRow({ title, because, verdict: "not compared" });
  const rows = [left("p99", "too few"), sampleRow(), left("repeats", "none"), left("retries", "none")];
  expect(notComparedSentences(rows)).toEqual([
    "Not compared: p99 (too few).",
    "Not compared: repeats, retries (none).",
  ]);
});

test("what failed is said first, then what is missing, then what was found", () => {
  const failed = [{ check: "no job is lost", summary: "2 of 9 jobs contradict." }];
  const sick = { pair: 2, side: "b", seed: "s", status: "inconclusive", excluded: "It fell behind." } as const;
  const runs = [
    { ...sick, failed: [], unknown: [], values: {} },
    { ...sick, side: "again", failed, unknown: [], values: {} },
  ] as const;
  const sentences = comparisonSentences(sampleComparison({ runs, pairs: 3 }));
  expect(sentences[0]).toBe("A check failed with job-lock-5s, in pair 2: no job is lost. 2 of 9 jobs contradict.");
  expect(sentences[1]).toBe("Pair 2, run b, is not used: It fell behind.");
  expect(sentences).toContain("Of 4 pairs, 3 count.");
  expect(sentences.at(-1)).toBe("job-lock-30s is worse than job-lock-5s in: slowest recovery.");
});
