import { expect, test } from "vitest";

import { countOffset, logRatios } from "./log-ratio.ts";

test("twice as much and half as much are equally far from no difference", () => {
  const [twice = 0, half = 0, same = 1] = logRatios([
    { a: 5, b: 10 },
    { a: 10, b: 5 },
    { a: 3, b: 3 },
  ]);
  expect(twice).toBeCloseTo(Math.LN2, 12);
  expect(half).toBe(-twice);
  expect(same).toBe(0);
});

test("the unit does not matter", () => {
  const pairs = [{ a: 0.004, b: 0.007 }];
  expect(logRatios(pairs.map(({ a, b }) => ({ a: a * 1_000, b: b * 1_000 })))[0]).toBeCloseTo(
    logRatios(pairs)[0] ?? NaN,
    12,
  );
});

test("zero has no ratio, but a count of zero has one", () => {
  expect(() => logRatios([{ a: 0, b: 1 }])).toThrow("no ratio of 1 to 0");
  expect(logRatios([{ a: 0, b: 0 }], countOffset)).toEqual([0]);
  expect(logRatios([{ a: 0, b: 4 }], countOffset)[0]).toBeCloseTo(Math.log(9), 12);
});
