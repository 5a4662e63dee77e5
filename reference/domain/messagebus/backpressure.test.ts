import fc from "fast-check";
import { expect, test } from "vitest";

import { isPaused, resumesInMs } from "./backpressure.ts";

const rule = { pauseAt: 0.8, resumeBelow: 0.5 };

test("a shard pauses at 80 % and not before", () => {
  expect(isPaused(rule, false, 0.79)).toBe(false);
  expect(isPaused(rule, false, 0.8)).toBe(true);
});

test("a paused shard resumes below 50 % and not before", () => {
  expect(isPaused(rule, true, 0.5)).toBe(true);
  expect(isPaused(rule, true, 0.49)).toBe(false);
});

test("between the marks nothing toggles", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.double({ min: 0.5, max: 0.8, maxExcluded: true, noNaN: true }), (was, fullness) => {
      expect(isPaused(rule, was, fullness)).toBe(was);
    }),
  );
});

test("the time until it resumes is its excess at the rate seen, within bounds", () => {
  expect(resumesInMs({ excess: 300, drained: 100, elapsedMs: 50 })).toBe(150);
  expect(resumesInMs({ excess: 1, drained: 1_000, elapsedMs: 10 })).toBe(1);
  expect(resumesInMs({ excess: 5_000, drained: 1, elapsedMs: 60_000 })).toBe(30_000);
});

test("where nothing has gone yet it is a second", () => {
  expect(resumesInMs({ excess: 300, drained: 0, elapsedMs: 50 })).toBe(1_000);
  expect(resumesInMs({ excess: 300, drained: 5, elapsedMs: 0 })).toBe(1_000);
});
