import { expect, test } from "vitest";

import { bucketsMax } from "./buckets.ts";
import { busiestByBucket, byWallSecond, wallSecondAxis, type Decided } from "./wall-seconds.ts";

/** Requests that are decided the moment they are sent. */
function atOnce(...moments: number[]): Decided[] {
  return moments.map((at) => ({ sentAt: at, at }));
}

test("requests are counted by the second of the wall clock, not of the run", () => {
  const { counts, busiest } = byWallSecond(atOnce(0, 700, 740, 760, 1_740), 5_250);
  expect([...counts]).toEqual([
    [-250, 3],
    [750, 2],
  ]);
  expect(busiest).toBe(3);
});

test("what may belong to either of two seconds counts for neither", () => {
  expect(
    byWallSecond(
      [
        { sentAt: 990, at: 1_010 },
        { sentAt: 500, at: 999 },
        { sentAt: 1_001, at: 1_500 },
      ],
      0,
    ).busiest,
  ).toBe(0);
  expect(byWallSecond([{ sentAt: 500, at: 900 }], 0).busiest).toBe(1);
});

test("the axis runs from the first busy second to the last, empty ones included", () => {
  const seconds = byWallSecond(atOnce(100, 3_100), 0);
  const axis = wallSecondAxis([seconds]);
  expect(axis).toEqual({ widthMs: 1_000, atMs: [0, 1_000, 2_000, 3_000] });
  expect(busiestByBucket(axis, seconds)).toEqual([1, 0, 0, 1]);
});

test("a long run keeps its busiest second, and has no more buckets than a chart can show", () => {
  const seconds = byWallSecond(atOnce(10, 1_000_010, 1_000_011, 1_000_012, 3_000_010), 0);
  const axis = wallSecondAxis([seconds]);
  expect(axis.atMs.length).toBeLessThanOrEqual(bucketsMax);
  expect(Math.max(...busiestByBucket(axis, seconds))).toBe(3);
});

test("nothing counted is an empty axis", () => {
  expect(wallSecondAxis([byWallSecond([], 0)]).atMs).toEqual([]);
});
