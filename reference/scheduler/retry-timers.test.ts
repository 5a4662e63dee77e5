import { describe, expect, it } from "vitest";

import { ManualClock, quiet } from "./manual-clock.test-support.ts";
import { RetryTimers } from "./retry-timers.ts";

describe("the retry timers", () => {
  it("retry each job after its own backoff", async () => {
    const clock = new ManualClock();
    const retried: string[] = [];
    const timers = new RetryTimers(clock, (job, epoch) => Promise.resolve(void retried.push(`${job}:${epoch}`)));
    timers.plan("late", 2, 200);
    timers.plan("soon", 1, 100);
    await clock.advance(100);
    expect(retried).toEqual(["soon:1"]);
    await clock.advance(100);
    expect(retried).toEqual(["soon:1", "late:2"]);
  });

  it("have at most 16 in hand, and go on with the next ones", async () => {
    const clock = new ManualClock();
    const ends: (() => void)[] = [];
    const timers = new RetryTimers(clock, () => new Promise((resolve) => void ends.push(resolve)));
    for (let job = 0; job < 20; job++) timers.plan(`job-${job}`, 1, 10);
    await clock.advance(10);
    expect(ends).toHaveLength(16);
    for (const end of ends.slice(0, 3)) end();
    await quiet();
    expect(ends).toHaveLength(19);
  });

  it("remember no more than 10,000: the reconciler finds the others", async () => {
    const clock = new ManualClock();
    const timers = new RetryTimers(clock, () => Promise.resolve());
    for (let job = 0; job < 10_001; job++) timers.plan(`job-${job}`, 1, 10);
    expect(clock.pending).toBe(10_000);
    await timers.close();
  });

  it("begin nothing after they are closed, and wait for what has begun", async () => {
    const clock = new ManualClock();
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    const timers = new RetryTimers(clock, () => {
      begun += 1;
      return promise;
    });
    timers.plan("begun", 1, 10);
    timers.plan("planned", 1, 20);
    await clock.advance(10);
    let isClosed = false;
    const closed = timers.close().then(() => (isClosed = true));
    timers.plan("too late", 1, 10);
    await clock.advance(1_000);
    expect([begun, isClosed, clock.pending]).toEqual([1, false, 0]);
    resolve();
    await closed;
    expect(begun).toBe(1);
  });
});
