import fc from "fast-check";
import { expect, test } from "vitest";

import { cellText } from "../cell.ts";
import { distribution, distributionCells } from "./distribution.ts";

const upTo = (length: number): number[] => Array.from({ length }, (_, index) => length - index);

test("percentiles are exact, by nearest rank", () => {
  expect(distribution(upTo(100))).toEqual({ count: 100, p50Ms: 50, p90Ms: 90, p99Ms: 99, maxMs: 100 });
  expect(distribution(upTo(1_000))).toEqual({ count: 1_000, p50Ms: 500, p90Ms: 900, p99Ms: 990, maxMs: 1_000 });
});

test("numbers are sorted as numbers", () => {
  expect(distribution([10, 9, 100, 1]).maxMs).toBe(100);
});

test("a percentile is missing when it would only be the maximum under another name", () => {
  expect(distribution(upTo(99))).toMatchObject({ p90Ms: 90, p99Ms: undefined, maxMs: 99 });
  expect(distribution(upTo(9))).toMatchObject({ p50Ms: 5, p90Ms: undefined });
  expect(distribution([7])).toMatchObject({ count: 1, p50Ms: undefined, maxMs: 7 });
  expect(distribution([])).toMatchObject({ count: 0, maxMs: undefined });
});

test("a row says that there are too few samples, or none", () => {
  expect(distributionCells(distribution(upTo(20))).map(cellText)).toEqual(["20", "10 ms", "18 ms", "too few", "20 ms"]);
  expect(distributionCells(distribution([])).map(cellText)).toEqual(["0", "–", "–", "–", "–"]);
});

test("at least the named share of all samples lies at or below a percentile, and fewer below it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 100, maxLength: 400 }),
      (samples) => {
        const { p99Ms = -1 } = distribution(samples);
        expect(samples.filter((sample) => sample <= p99Ms).length).toBeGreaterThanOrEqual(samples.length * 0.99);
        expect(samples.filter((sample) => sample < p99Ms).length).toBeLessThan(samples.length * 0.99);
      },
    ),
  );
});
