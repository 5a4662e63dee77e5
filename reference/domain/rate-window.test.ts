import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { decideInWindow, type WindowCounts } from "./rate-window.ts";

const limits = fc.integer({ min: 1, max: 1_000 });
const counts: fc.Arbitrary<WindowCounts> = fc.record({
  previous: fc.integer({ min: 0, max: 1_000 }),
  current: fc.integer({ min: 0, max: 1_000 }),
  elapsedUs: fc.integer({ min: 0, max: 999_999 }),
});

/** The counts some time later, if nobody came meanwhile. */
function later({ previous, current, elapsedUs }: WindowCounts, us: number): WindowCounts {
  const seconds = Math.floor((elapsedUs + us) / 1_000_000);
  const rest = (elapsedUs + us) % 1_000_000;
  if (seconds === 0) return { previous, current, elapsedUs: rest };
  return { previous: seconds === 1 ? current : 0, current: 0, elapsedUs: rest };
}

/** Plays requests at these microseconds, and returns the moments of those that were admitted. */
function play(limit: number, moments: readonly number[]): number[] {
  const admitted: number[] = [];
  const inSecond = (second: number): number => admitted.filter((at) => Math.floor(at / 1_000_000) === second).length;
  for (const at of moments) {
    const second = Math.floor(at / 1_000_000);
    const window = { previous: inSecond(second - 1), current: inSecond(second), elapsedUs: at % 1_000_000 };
    if (decideInWindow(limit, window).allowed) admitted.push(at);
  }
  return admitted;
}

function mostInAnySecond(moments: readonly number[]): number {
  return Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + 1_000_000).length));
}

describe("the decision", () => {
  test("admits exactly when the weighted estimate leaves room for one", () => {
    fc.assert(
      fc.property(limits, counts, (limit, window) => {
        const share = BigInt(1_000_000 - window.elapsedUs);
        const estimate = BigInt(window.previous) * share + BigInt(window.current) * 1_000_000n;
        const { allowed } = decideInWindow(limit, window);
        expect(allowed).toBe(estimate + 1_000_000n <= BigInt(limit) * 1_000_000n);
      }),
    );
  });

  test("names the first millisecond at which a retry would pass", () => {
    fc.assert(
      fc.property(limits, counts, (limit, window) => {
        const { allowed, retryAfterMs } = decideInWindow(limit, window);
        fc.pre(!allowed);
        expect(decideInWindow(limit, later(window, retryAfterMs * 1_000)).allowed).toBe(true);
        expect(decideInWindow(limit, later(window, (retryAfterMs - 1) * 1_000)).allowed).toBe(false);
      }),
    );
  });

  test("counts down what remains to the last request that is admitted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), counts, (limit, window) => {
        let { current } = window;
        let decision = decideInWindow(limit, window);
        const promised = decision.allowed ? decision.remaining : 0;
        for (let more = promised; more > 0; more--) {
          decision = decideInWindow(limit, { ...window, current: ++current });
          expect([decision.allowed, decision.remaining]).toEqual([true, more - 1]);
        }
        if (decision.allowed) expect(decideInWindow(limit, { ...window, current: current + 1 }).allowed).toBe(false);
      }),
    );
  });

  test("says when nothing counts any more", () => {
    expect(decideInWindow(5, { previous: 0, current: 0, elapsedUs: 0 }).retryAfterMs).toBe(0);
    expect(decideInWindow(5, { previous: 0, current: 0, elapsedUs: 400_000 }).resetAfterMs).toBe(1_600);
    expect(decideInWindow(5, { previous: 5, current: 0, elapsedUs: 100_000 }).resetAfterMs).toBe(900);
    expect(decideInWindow(0, { previous: 0, current: 0, elapsedUs: 0 })).toEqual({
      allowed: false,
      remaining: 0,
      retryAfterMs: 2_000,
      resetAfterMs: 0,
    });
  });
});

describe("over time", () => {
  test("no second of the clock admits more than the limit, whatever comes", () => {
    const moments = fc.array(fc.integer({ min: 0, max: 4_000_000 }), { maxLength: 120 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), moments, (limit, unsorted) => {
        const admitted = play(
          limit,
          unsorted.toSorted((one, other) => one - other),
        );
        for (let second = 0; second <= 4; second++) {
          const inSecond = admitted.filter((at) => Math.floor(at / 1_000_000) === second);
          expect(inSecond.length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  test("a steady overload is held to the limit in every second that slides over it, give or take one in twenty", () => {
    const overload = Array.from({ length: 3_000 }, (_, index) => index * 3_333);
    expect(mostInAnySecond(play(100, overload))).toBeLessThanOrEqual(105);
    expect(play(100, overload).length).toBeGreaterThanOrEqual(980);
  });

  test("a burst across the boundary of two seconds gets the limit once, and not twice as in a fixed window", () => {
    const burst = [...Array.from({ length: 150 }, () => 940_000), ...Array.from({ length: 150 }, () => 1_040_000)];
    expect(play(100, burst).length).toBeLessThanOrEqual(104);
  });
});
