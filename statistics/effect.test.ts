import { expect, test } from "vitest";

import { judgeEffect, largest, type EffectEvidence } from "./effect.ts";

function verdictOn(lower: number, upper: number, more: Partial<EffectEvidence> = {}) {
  const interval = { lower, upper, estimate: (lower + upper) / 2 };
  return judgeEffect({ interval, floor: 0.02, margin: 0.05, better: "lower", ...more });
}

test("less is better or worse, whichever way the measure counts", () => {
  expect(verdictOn(-0.5, -0.3)).toBe("better");
  expect(verdictOn(0.3, 0.5)).toBe("worse");
  expect(verdictOn(0.3, 0.5, { better: "higher" })).toBe("better");
  expect(verdictOn(-0.5, -0.3, { better: "higher" })).toBe("worse");
});

test("a difference that noise could make is none, however sure the interval is", () => {
  expect(verdictOn(0.3, 0.5, { floor: 0.6 })).toBe("inconclusive");
  expect(verdictOn(0.005, 0.015)).toBe("equivalent");
});

test("a difference that is sure and does not matter is none", () => {
  expect(verdictOn(0.03, 0.04, { floor: 0 })).toBe("equivalent");
  expect(verdictOn(0.03, 0.06, { floor: 0 })).toBe("worse");
});

test("an interval that holds zero is equivalent only when all of it lies within the margin", () => {
  expect(verdictOn(-0.04, 0.03)).toBe("equivalent");
  expect(verdictOn(-0.06, 0.03)).toBe("inconclusive");
  expect(verdictOn(-0.03, 0.06)).toBe("inconclusive");
  expect(verdictOn(-Infinity, Infinity)).toBe("inconclusive");
});

test("the smallest margin is the farther end", () => {
  expect(largest({ estimate: 0, lower: -0.3, upper: 0.1 })).toBe(0.3);
});
