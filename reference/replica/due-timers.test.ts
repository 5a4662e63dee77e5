import { describe, expect, it } from "vitest";

import { ManualClock, quiet } from "../scheduler/manual-clock.test-support.ts";
import { DueTimers } from "./due-timers.ts";

describe("what is due later", () => {
  it("is done after its own delay", async () => {
    const clock = new ManualClock();
    const done: string[] = [];
    const timers = new DueTimers<string>(clock, (item) => Promise.resolve(void done.push(item)));
    timers.plan("late", 200);
    timers.plan("soon", 100);
    await clock.advance(100);
    expect(done).toEqual(["soon"]);
    await clock.advance(100);
    expect(done).toEqual(["soon", "late"]);
  });

  it("has at most 16 in hand, and goes on with the next ones", async () => {
    const clock = new ManualClock();
    const ends: (() => void)[] = [];
    const timers = new DueTimers<number>(clock, () => new Promise((resolve) => void ends.push(resolve)));
    for (let item = 0; item < 20; item++) timers.plan(item, 10);
    await clock.advance(10);
    expect(ends).toHaveLength(16);
    for (const end of ends.slice(0, 3)) end();
    await quiet();
    expect(ends).toHaveLength(19);
  });

  it("is remembered 10,000 times at most, and never for longer than a timer can be set: rounds find the others", async () => {
    const clock = new ManualClock();
    const timers = new DueTimers<number>(clock, () => Promise.resolve());
    for (let item = 0; item < 10_001; item++) timers.plan(item, 10);
    expect(clock.pending).toBe(10_000);
    await timers.close();
    const patient = new DueTimers<string>(clock, () => Promise.resolve());
    patient.plan("next month", 30 * 86_400_000);
    expect(clock.pending).toBe(0);
  });

  it("does not begin after the end, which waits for what has begun", async () => {
    const clock = new ManualClock();
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    const timers = new DueTimers<string>(clock, () => {
      begun += 1;
      return promise;
    });
    timers.plan("begun", 10);
    timers.plan("planned", 20);
    await clock.advance(10);
    let isClosed = false;
    const closed = timers.close().then(() => (isClosed = true));
    timers.plan("too late", 10);
    await clock.advance(1_000);
    expect([begun, isClosed, clock.pending]).toEqual([1, false, 0]);
    resolve();
    await closed;
    expect(begun).toBe(1);
  });
});
