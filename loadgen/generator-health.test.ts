import { describe, expect, test } from "vitest";

import { fairlyLate, judged, watchHealth } from "./generator-health.ts";

const fine = { operations: 100, dropped: 0, late: 0, sendLagP50Ms: 1, sendLagP99Ms: 20, eventLoopDelayP99Ms: 5 };

describe("the generator's health", () => {
  test("is good while operations are sent when they are due", () => {
    expect(judged(fine)).toEqual({ healthy: true, ...fine });
    expect(judged({ ...fine, late: 10 }).healthy).toBe(true);
  });

  test("is bad as soon as one operation is dropped", () => {
    const health = judged({ ...fine, dropped: 1 });
    expect(health.healthy).toBe(false);
    expect(health.because).toContain("1 operations were due and never sent");
  });

  test("is bad when more than one operation in a hundred is late, and more than ten", () => {
    expect(judged({ ...fine, late: 11 }).because).toContain("11 operations were sent more than 250 ms late");
    expect(judged({ ...fine, operations: 5_000, late: 50 }).healthy).toBe(true);
    expect(judged({ ...fine, operations: 5_000, late: 51 }).healthy).toBe(false);
    expect(fairlyLate(5_000)).toBe(50);
  });

  test("is measured from due to sent", () => {
    using watch = watchHealth({ machine: true });
    for (let index = 0; index < 98; index++) watch.sent(2);
    watch.sent(400);
    watch.sent(400);
    watch.dropped();
    const health = watch.figures();
    expect(health).toMatchObject({ healthy: false, operations: 100, dropped: 1, late: 2 });
    expect(health.sendLagP50Ms).toBeCloseTo(2, 1);
    expect(health.sendLagP99Ms).toBeCloseTo(400, -1);
  });

  test("has figures even when nothing was sent", () => {
    using watch = watchHealth({ machine: false });
    expect(watch.figures()).toEqual({
      healthy: true,
      operations: 0,
      dropped: 0,
      late: 0,
      sendLagP50Ms: 0,
      sendLagP99Ms: 0,
      eventLoopDelayP99Ms: 0,
    });
  });
});
