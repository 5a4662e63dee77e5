import { expect, test } from "vitest";

import { mean, rootMeanSquare, standardDeviation } from "./moments.ts";

test("of 2, 4, 4, 4, 5, 5, 7 and 9, computed by hand", () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  expect(mean(values)).toBe(5);
  expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(32 / 7), 12);
  expect(rootMeanSquare(values)).toBeCloseTo(Math.sqrt(232 / 8), 12);
});

test("nothing has no mean, and one value does not tell how it varies", () => {
  expect(() => mean([])).toThrow("no mean of no values");
  expect(standardDeviation([3])).toBeNaN();
});
