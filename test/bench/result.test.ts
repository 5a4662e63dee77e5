import fc from "fast-check";
import { expect, test } from "vitest";

import { quantile, spreadOf, summarize } from "./result.ts";

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });

test("a quantile is one of the values, and as many as its share do not exceed it", () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const value = quantile(all, share);
      expect(all).toContain(value);
      expect(all.filter((each) => each <= value).length).toBeGreaterThanOrEqual(share * all.length);
      expect(all.filter((each) => each < value).length).toBeLessThanOrEqual(share * all.length);
    }),
  );
});

test("a quantile of a hundred", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0, 0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 99, 100]);
});

test("nothing has no quantile", () => {
  expect(() => quantile([], 0.5)).toThrow("no values");
});

test("a spread keeps four digits", () => {
  expect(spreadOf([3, 1234.567, 2])).toEqual({ median: 3, min: 2, max: 1235 });
});

test("a summary has every number of the runs", () => {
  const runs = [
    { jobsPerSecond: 10, p50Ms: 3 },
    { jobsPerSecond: 30, p50Ms: 1 },
    { jobsPerSecond: 20, p50Ms: 2 },
  ];
  expect(summarize("bullmq", "closed loop", runs)).toEqual({
    bench: "bullmq",
    case: "closed loop",
    runs: 3,
    numbers: { jobsPerSecond: { median: 20, min: 10, max: 30 }, p50Ms: { median: 2, min: 1, max: 3 } },
  });
});
