import { expect, test } from "vitest";

import { UsageError } from "../core/mod.ts";
import { compare, spreadOf } from "./comparison.ts";

const tenPercent = { percent: 10 };

test.each([
  [320, 277, "more", "optimistic", 15.5],
  [250, 277, "more", "holds", -9.7],
  [200, 277, "more", "pessimistic", -27.8],
  [80, 100, "less", "optimistic", -20],
  [109, 100, "less", "holds", 9],
  [150, 100, "less", "pessimistic", 50],
] as const)("%d against %d, where %s is better, is %s", (predicted, measured, better, word, errorPercent) => {
  const comparison = compare(predicted, spreadOf([measured]), better, tenPercent);
  expect(comparison.word).toBe(word);
  expect(comparison.errorPercent).toBeCloseTo(errorPercent, 1);
});

test("near zero, a difference that nobody would notice holds", () => {
  expect(compare(0, spreadOf([0.4]), "less", { ...tenPercent, negligible: 1 }).word).toBe("holds");
  expect(compare(0, spreadOf([0.4]), "less", tenPercent).word).toBe("optimistic");
  expect(compare(0, spreadOf([0]), "less", tenPercent)).toMatchObject({ word: "holds", errorPercent: undefined });
  expect(compare(5, spreadOf([0]), "less", tenPercent)).toMatchObject({ word: "pessimistic", errorPercent: undefined });
});

test("a prediction between the least and the most that was measured is said to lie there", () => {
  expect(compare(130, spreadOf([90, 100, 140]), "less", tenPercent)).toMatchObject({ withinSpread: true });
  expect(compare(141, spreadOf([90, 100, 140]), "less", tenPercent)).toMatchObject({ withinSpread: false });
});

test("the median of an even number lies in the middle, and of none there is none", () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4, n: 4 });
  expect(() => spreadOf([])).toThrow("no spread");
});

test("what is no number cannot be compared", () => {
  expect(() => compare(Number.NaN, spreadOf([1]), "less", tenPercent)).toThrow(UsageError);
  expect(() => compare(1, spreadOf([Infinity]), "less", tenPercent)).toThrow(UsageError);
});
