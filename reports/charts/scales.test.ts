import fc from "fast-check";
import { expect, test } from "vitest";

import { linearScale, logScale, timeTicks, timeTickText } from "./scales.ts";

test.each([
  [249, [0, 100, 200, 300]],
  [17, [0, 5, 10, 15, 20]],
  [1, [0, 0.5, 1]],
  [0.3, [0, 0.1, 0.2, 0.3]],
])("up to %d, the lines are at %j", (max, ticks) => {
  expect(linearScale(max).ticks).toEqual(ticks);
});

test("whatever the values, lines are few, and places lie between bottom and top in order", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (max, share) => {
        for (const scale of [linearScale(max), logScale(max * share, max)]) {
          expect(scale.ticks.length).toBeLessThan(16);
          expect(scale.place(max * share)).toBeLessThanOrEqual(scale.place(max));
          expect(scale.place(max)).toBeLessThanOrEqual(1);
          expect(scale.place(0)).toBeGreaterThanOrEqual(0);
        }
      },
    ),
  );
});

test.each([1, 900, 64_200, 600_000, 86_400_000])("an axis of %i ms has a few round moments, from 0", (endMs) => {
  const ticks = timeTicks(endMs);
  expect(ticks[0]).toBe(0);
  expect(ticks.length).toBeLessThanOrEqual(13);
  expect(ticks.at(-1)).toBeLessThanOrEqual(endMs);
});

test("moments are seconds in a short run, and minutes in a long one", () => {
  expect(timeTickText(500, 2_000)).toBe("0.5 s");
  expect(timeTickText(90_000, 600_000)).toBe("1:30");
});
