import fc from "fast-check";
import { expect, test } from "vitest";

import { seededRandom, type Random } from "../core/mod.ts";
import { percentileInterval } from "./bootstrap.ts";
import { meanInterval } from "./mean-interval.ts";
import { mean } from "./moments.ts";
import { normals } from "./normal.test-support.ts";

const times = 1_000;
const resamples = 400;

/** How often, of a thousand data sets, the interval holds the true mean. */
function coverage(make: (random: Random) => number[], truth: number, interval = meanInterval): number {
  const random = seededRandom("coverage");
  let held = 0;
  for (let time = 0; time < times; time++) {
    const { lower, upper } = interval(make(random), { random, resamples });
    if (lower <= truth && truth <= upper) held += 1;
  }
  return held / times;
}

test.each([3, 4, 6, 12])("of %i normal values, the interval holds the mean about 95 times of 100", (count) => {
  const share = coverage((random) => normals(count, random), 0);
  expect(share).toBeGreaterThan(0.93);
  expect(share).toBeLessThan(0.985);
});

test("of ten strongly skewed values, it holds the mean less often, yet about 9 times of 10", () => {
  const skewed = (random: Random): number[] => Array.from({ length: 10 }, () => random.exponential(1));
  expect(coverage(skewed, 1)).toBeGreaterThan(0.86);
});

test("the bootstrap alone would be too sure of four values", () => {
  const alone: typeof meanInterval = (values, options) => percentileInterval(values, mean, options);
  expect(coverage((random) => normals(4, random), 0, alone)).toBeLessThan(0.87);
});

test("of 1, 2 and 3 it is Student's interval, computed by hand", () => {
  const interval = meanInterval([1, 2, 3], { random: seededRandom(1) });
  expect(interval.upper - interval.estimate).toBeCloseTo(4.3027 / Math.sqrt(3), 3);
  expect(interval.estimate - interval.lower).toBeCloseTo(4.3027 / Math.sqrt(3), 3);
});

test("one value has no end on either side, and equal values no width", () => {
  expect(meanInterval([5], { random: seededRandom(1) })).toEqual({ estimate: 5, lower: -Infinity, upper: Infinity });
  expect(meanInterval([2, 2, 2], { random: seededRandom(1) })).toEqual({ estimate: 2, lower: 2, upper: 2 });
});

test("it scales with the values", () => {
  const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 100, noNaN: true }), (some, factor) => {
      const make = (of: number[]) => meanInterval(of, { random: seededRandom(1), resamples: 200 });
      const [plain, scaled] = [make(some), make(some.map((value) => value * factor))];
      expect(scaled.lower).toBeCloseTo(plain.lower * factor, 4);
      expect(scaled.upper).toBeCloseTo(plain.upper * factor, 4);
    }),
    { numRuns: 50 },
  );
});
