import fc from "fast-check";
import { expect, test } from "vitest";

import { Kernel } from "./kernel.ts";
import { RealmClock } from "./realm-clock.ts";
import type { Realm } from "./realm.ts";

const epochUnixMs = Date.UTC(2026, 0, 1);

function withClock<Value>(story: (kernel: Kernel, realm: Realm) => Promise<Value>): Promise<Value> {
  const kernel = new Kernel({ seed: "1" });
  return kernel.run(() => story(kernel, kernel.realm("a")));
}

test("a clock shows the true time, until something is done to it", () =>
  withClock(async (kernel, { clock }) => {
    await kernel.clock.sleep(1_500.25);
    expect([clock.now(), clock.unixMs()]).toEqual([1_500.25, epochUnixMs + 1_500]);
  }));

test("a jump moves the wall clock, and neither the monotonic clock nor its timers", () =>
  withClock(async (kernel, { clock }) => {
    const firedAt: number[] = [];
    clock.after(100, () => firedAt.push(kernel.now()));
    clock.jump(-5_000);
    await kernel.clock.sleep(100.5);
    expect([clock.now(), clock.unixMs(), firedAt]).toEqual([100.5, epochUnixMs - 4_900, [100]]);
    clock.jump(6_000);
    expect(clock.unixMs()).toBe(epochUnixMs + 1_100);
  }));

test("a clock that runs fast shows more time, and its timers come early; slow again, it goes on from there", () =>
  withClock(async (kernel, { clock }) => {
    const firedAt: number[] = [];
    clock.drift(2);
    clock.after(100, () => firedAt.push(kernel.now()));
    clock.every(40, () => firedAt.push(kernel.now()));
    await kernel.clock.sleep(70);
    expect([clock.now(), firedAt]).toEqual([140, [20, 40, 50, 60]]);
    clock.drift(0.5);
    await kernel.clock.sleep(10);
    expect([clock.now(), clock.unixMs()]).toEqual([145, epochUnixMs + 145]);
    expect(() => clock.drift(0)).toThrow("a clock cannot run at the rate 0");
  }));

test("the true time of what a clock has shown is found again, whatever its rate", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      (rate, changedAtMs, laterMs) => {
        let trueMs = 0;
        const clock = new RealmClock({ now: () => trueMs, epochUnixMs, after: () => ({ cancel: () => undefined }) });
        trueMs = changedAtMs;
        clock.drift(rate);
        trueMs = changedAtMs + laterMs;
        expect(clock.trueTimeOf(clock.now())).toBeCloseTo(trueMs, 6);
      },
    ),
  );
});

test("a repeated timer can be cancelled, also from within, and a sleep ends at once when it is told to", () =>
  withClock(async (kernel, { clock }) => {
    let times = 0;
    const timer = clock.every(10, () => {
      times += 1;
      if (times === 3) timer.cancel();
    });
    const waker = new AbortController();
    clock.after(5, () => waker.abort());
    await clock.sleep(1_000, waker.signal);
    expect(kernel.now()).toBe(5);
    await clock.sleep(1_000, waker.signal);
    expect(kernel.now()).toBe(5);
    await kernel.clock.sleep(100);
    expect(times).toBe(3);
  }));
