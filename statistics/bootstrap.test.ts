import { expect, test } from "vitest";

import { seededRandom } from "../core/mod.ts";
import { percentileInterval } from "./bootstrap.ts";
import { mean } from "./moments.ts";

/**
 * Of the 27 ways to draw three of 1, 2 and 4, counted one by one: the mean is 1 once, 4/3 or less 4 times, 5/3 or less
 * 7 times, 3 or more 7 times, 10/3 or more 4 times, and 4 once.
 */
test.each([
  [0.5, 5 / 3, 3],
  [0.8, 4 / 3, 10 / 3],
  [0.98, 1, 4],
])("the interval of three values at level %d is the one that counting all draws gives", (level, lower, upper) => {
  const options = { random: seededRandom("bootstrap"), level, resamples: 20_000 };
  const interval = percentileInterval([1, 2, 4], mean, options);
  expect(interval.estimate).toBeCloseTo(7 / 3, 12);
  expect(interval.lower).toBeCloseTo(lower, 9);
  expect(interval.upper).toBeCloseTo(upper, 9);
});

test("the same seed gives the same interval", () => {
  const make = () => percentileInterval([3, 1, 4, 1, 5, 9, 2, 6], mean, { random: seededRandom(7) });
  expect(make()).toEqual(make());
});

test("blocks are drawn whole: what is the same within each block stays together", () => {
  const seen = new Set<string>();
  const blocks = [
    ["a", "a"],
    ["b", "b"],
    ["c", "c"],
  ];
  const look = (sample: readonly string[][]): number => {
    for (const block of sample) seen.add(block.join(""));
    return sample.length;
  };
  percentileInterval(blocks, look, { random: seededRandom(1), resamples: 50 });
  expect([...seen].toSorted()).toEqual(["aa", "bb", "cc"]);
});

test("nothing cannot be resampled", () => {
  expect(() => percentileInterval([], () => 0, { random: seededRandom(1) })).toThrow("nothing to resample");
});
