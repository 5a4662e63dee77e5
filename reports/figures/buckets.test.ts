import { expect, test } from "vitest";

import { bucketsMax, bucketsUntil, ratePerSecond, valuesByBucket } from "./buckets.ts";

test("a short run is cut into seconds", () => {
  expect(bucketsUntil(64_200)).toMatchObject({ widthMs: 1_000 });
  expect(bucketsUntil(64_200).atMs).toHaveLength(65);
});

test.each([1, 999, 240_000, 240_001, 3_600_000, 86_400_000, 10 * 86_400_000])(
  "a run of %i ms has at least one bucket, no more than a chart can show, and all of its time",
  (endMs) => {
    const { atMs, widthMs } = bucketsUntil(endMs);
    expect(atMs.length).toBeGreaterThan(0);
    expect(atMs.length).toBeLessThanOrEqual(bucketsMax);
    expect((atMs.at(-1) ?? 0) + widthMs).toBeGreaterThanOrEqual(endMs);
  },
);

test("rates are per second, whatever the width, and lose nothing", () => {
  expect(ratePerSecond(bucketsUntil(3_000), [0, 10, 999, 1_000, 2_500])).toEqual([3, 1, 1]);
  const wide = bucketsUntil(480_000);
  expect(wide.widthMs).toBe(2_000);
  expect(ratePerSecond(wide, [0, 500, 1_000, 1_500])[0]).toBe(2);
  expect(ratePerSecond(bucketsUntil(2_000), [-5, 9_999])).toEqual([1, 1]);
});

test("values stay with the bucket of their moment", () => {
  expect(
    valuesByBucket(bucketsUntil(2_000), [
      [100, 7],
      [1_500, 8],
      [1_999, 9],
    ]),
  ).toEqual([[7], [8, 9]]);
});
