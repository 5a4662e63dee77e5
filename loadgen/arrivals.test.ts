import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { seededRandom } from "../core/mod.ts";
import { arrivalTimes } from "./arrivals.ts";

const source = (seed = 1, unixMs = 1_700_000_000_000) => ({ random: seededRandom(seed), unixMs });

describe("arrivalTimes", () => {
  test("spaces uniform arrivals equally, and is over one gap after the last", () => {
    const { dueMs, lastingMs } = arrivalTimes({ shape: "uniform", rate: "200/s", count: 4 }, source());
    expect([...dueMs]).toEqual([0, 5, 10, 15]);
    expect(lastingMs).toBe(20);
  });

  test("does not add up rounding errors over a million uniform arrivals", () => {
    const { dueMs } = arrivalTimes({ shape: "uniform", rate: "300/s", count: 1_000_000 }, source());
    expect(dueMs[300]).toBeCloseTo(1_000, 9);
    expect(dueMs[999_900]).toBeCloseTo(3_333_000, 6);
  });

  test("gives Poisson arrivals the rate that was asked for, and the gaps of an exponential distribution", () => {
    const count = 50_000;
    const { dueMs, lastingMs } = arrivalTimes({ shape: "poisson", rate: "500/s", count }, source());
    const gaps = dueMs.map((due, index) => due - (dueMs[index - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / count;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / count;
    expect(mean).toBeCloseTo(2, 1);
    expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 1);
    expect(gaps.every((gap) => gap >= 0)).toBe(true);
    expect(lastingMs).toBe(dueMs.at(-1));
  });

  test("repeats Poisson arrivals for the same seed, and only for it", () => {
    const poisson = { shape: "poisson", rate: "100/s", count: 100 } as const;
    expect(arrivalTimes(poisson, source(7))).toEqual(arrivalTimes(poisson, source(7)));
    expect(arrivalTimes(poisson, source(7))).not.toEqual(arrivalTimes(poisson, source(8)));
  });

  test("places each burst at its distance from one wall-clock second, never in the past", () => {
    const unixTime = fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 });
    const offsets = fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(unixTime, offsets, (unixMs, offsetsMs) => {
        const { dueMs } = arrivalTimes({ shape: "burst", offsetsMs, countEach: 3 }, source(1, unixMs));
        const inOrder = offsetsMs.toSorted((a, b) => a - b).flatMap((offset) => [offset, offset, offset]);
        const boundaries = new Set(inOrder.map((offset, index) => unixMs + (dueMs[index] ?? 0) - offset));
        expect(boundaries.size).toBe(1);
        expect([...boundaries][0]! % 1_000).toBe(0);
        expect(dueMs[0]).toBeGreaterThanOrEqual(0);
        expect(dueMs[0]).toBeLessThan(1_000);
      }),
    );
  });

  test("refuses a rate that is none", () => {
    expect(() => arrivalTimes({ shape: "uniform", rate: "0/s", count: 1 }, source())).toThrow("Not a rate");
  });
});
