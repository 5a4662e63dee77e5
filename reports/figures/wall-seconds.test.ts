import { expect, test } from "vitest";

import { bucketsMax } from "./buckets.ts";
import { busiestByBucket, byWallSecond, wallSecondAxis } from "./wall-seconds.ts";

test("moments are counted by the second of the wall clock, not of the run", () => {
  const { counts, busiest } = byWallSecond([0, 700, 749, 750, 1_749], 5_250);
  expect([...counts]).toEqual([
    [-250, 3],
    [750, 2],
  ]);
  expect(busiest).toBe(3);
});

test("the axis runs from the first busy second to the last, empty ones included", () => {
  const seconds = byWallSecond([100, 3_100], 0);
  const axis = wallSecondAxis([seconds]);
  expect(axis).toEqual({ widthMs: 1_000, atMs: [0, 1_000, 2_000, 3_000] });
  expect(busiestByBucket(axis, seconds)).toEqual([1, 0, 0, 1]);
});

test("a long run keeps its busiest second, and has no more buckets than a chart can show", () => {
  const moments = [0, 1_000_000, 1_000_001, 1_000_002, 3_000_000];
  const seconds = byWallSecond(moments, 0);
  const axis = wallSecondAxis([seconds]);
  expect(axis.atMs.length).toBeLessThanOrEqual(bucketsMax);
  expect(Math.max(...busiestByBucket(axis, seconds))).toBe(3);
});

test("nothing counted is an empty axis", () => {
  expect(wallSecondAxis([byWallSecond([], 0)]).atMs).toEqual([]);
});
