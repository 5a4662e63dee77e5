import fc from "fast-check";
import { expect, test } from "vitest";

import { median, quantile } from "./quantile.ts";

// The example of R's documentation of `quantile`, type 7: quantile(1:10, c(0.1, 0.25, 0.99)).
test.each([
  [0, 1],
  [0.1, 1.9],
  [0.25, 3.25],
  [0.5, 5.5],
  [0.99, 9.91],
  [1, 10],
])("of the numbers from 1 to 10, a share of %d lies below %d", (share, expected) => {
  expect(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share)).toBeCloseTo(expected, 12);
});

test("a median is the middle value, or half way between the middle two", () => {
  expect(median([5, 1, 9])).toBe(5);
  expect(median([9, 100, 1, 10])).toBe(9.5);
});

test("no values have no quantile", () => {
  expect(() => median([])).toThrow("no quantile of no values");
});

test("a quantile grows with its share, and scales and shifts with the values", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
  const shares = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(values, shares, (some, [one, other]) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      expect(quantile(some, low)).toBeLessThanOrEqual(quantile(some, high) + 1e-6);
      const moved = some.map((value) => 3 * value + 7);
      expect(quantile(moved, one)).toBeCloseTo(3 * quantile(some, one) + 7, 4);
    }),
  );
});
