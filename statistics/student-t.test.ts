import { expect, test } from "vitest";

import { shareWithin, tWithin } from "./student-t.ts";

// R: qt(0.975, df) and qt(0.8, df); the same stand in every table of the distribution.
test.each([
  [1, 0.95, 12.7062],
  [2, 0.95, 4.3027],
  [3, 0.95, 3.1824],
  [5, 0.95, 2.5706],
  [6, 0.95, 2.4469],
  [10, 0.95, 2.2281],
  [30, 0.95, 2.0423],
  [1, 0.6, 1.3764],
  [4, 0.6, 0.941],
])("with %i degrees of freedom, %d lies within ±%d", (degrees, share, expected) => {
  expect(tWithin(share, degrees)).toBeCloseTo(expected, 4);
  expect(shareWithin(expected, degrees)).toBeCloseTo(share, 4);
});

test("with many degrees of freedom it becomes the normal distribution", () => {
  expect(tWithin(0.95, 100_000)).toBeCloseTo(1.96, 2);
});

test("more freedom makes it narrower, and a larger share wider", () => {
  for (let degrees = 1; degrees < 60; degrees++) {
    expect(tWithin(0.95, degrees + 1)).toBeLessThan(tWithin(0.95, degrees));
    expect(tWithin(0.99, degrees)).toBeGreaterThan(tWithin(0.95, degrees));
  }
});

test("without freedom there is no distribution", () => {
  expect(() => tWithin(0.95, 0)).toThrow("no t distribution of 0 degrees");
});
