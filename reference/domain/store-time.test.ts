import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { StoreTime } from "./store-time.ts";

describe("the store's time", () => {
  it("is unknown at first, so that nothing is ever overdue", () => {
    expect(new StoreTime().atLeast(1e9)).toBe(-Infinity);
  });

  it("goes on from the moment that a record tells of", () => {
    const time = new StoreTime();
    time.passed(5_000, 100);
    expect(time.atLeast(350)).toBe(5_250);
    time.passed(4_000, 360);
    expect(time.atLeast(360)).toBe(5_260);
  });

  it("follows a store whose clock was set back, as soon as it stamps a write", () => {
    const time = new StoreTime();
    time.stamped(100_000, 10, 12);
    time.stamped(40_000, 20, 22);
    expect(time.atLeast(22)).toBeLessThanOrEqual(40_002);
    time.passed(100_000, 30);
    expect(time.atLeast(30)).toBeLessThanOrEqual(40_010);
  });

  it("never runs ahead of the store, and lags by no more than the quickest answer took", () => {
    const write = fc.record({ gapMs: fc.nat(1_000), thereMs: fc.nat(50), backMs: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(write, { minLength: 1 }), fc.integer(), (writes, aheadMs) => {
        const time = new StoreTime();
        let nowMs = 0;
        let quickestMs = Infinity;
        for (const { gapMs, thereMs, backMs } of writes) {
          const sentAt = (nowMs += gapMs);
          nowMs += thereMs + backMs;
          time.stamped(sentAt + thereMs + aheadMs, sentAt, nowMs);
          quickestMs = Math.min(quickestMs, backMs);
          expect(time.atLeast(nowMs)).toBeLessThanOrEqual(nowMs + aheadMs);
          expect(time.atLeast(nowMs)).toBeGreaterThanOrEqual(nowMs + aheadMs - quickestMs);
        }
      }),
    );
  });
});
