import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { busiestWindow, exactlyAdmitted, surelyPerSecond, windowAbove, type Decided } from "./rate-windows.ts";

const at = (sentAt: number, lasting = 0): Decided => ({ sentAt, at: sentAt + lasting });
const decided = fc.record({ sentAt: fc.integer({ min: 0, max: 5_000 }), lasting: fc.integer({ min: 0, max: 1_500 }) });
const requests = fc
  .array(decided, { maxLength: 60 })
  .map((each) => each.map(({ sentAt, lasting }) => at(sentAt, lasting)));

describe("surelyPerSecond", () => {
  test("counts by the wall clock, and leaves out what may belong to either of two seconds", () => {
    const counts = surelyPerSecond([at(100, 50), at(690, 5), at(695, 10), at(710, 5), at(720, 1_100)], 5_300);
    expect(counts).toEqual(
      new Map([
        [5, 2],
        [6, 1],
      ]),
    );
  });
});

describe("busiestWindow", () => {
  test("finds a burst across the boundary of two seconds", () => {
    const burst = [...Array.from({ length: 5 }, () => at(990, 5)), ...Array.from({ length: 5 }, () => at(1_900, 5))];
    expect(busiestWindow(burst, 1)).toEqual({ fromMs: 990, seconds: 1, count: 10 });
    expect(busiestWindow([], 1)).toEqual({ fromMs: 0, seconds: 1, count: 0 });
  });

  test("counts only what is surely inside", () => {
    expect(busiestWindow([at(0), at(990, 20), at(500, 5_000)], 1).count).toBe(1);
    expect(busiestWindow([at(0), at(990, 20), at(500, 5_000)], 8).count).toBe(3);
  });

  test("agrees with trying every window", () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 3 }), (all, seconds) => {
        const counts = all.map(({ sentAt: from }) => {
          return all.filter((each) => each.sentAt >= from && each.at < from + seconds * 1_000).length;
        });
        expect(busiestWindow(all, seconds).count).toBe(Math.max(0, ...counts));
      }),
    );
  });
});

describe("windowAbove", () => {
  const steadily = (perSecond: number, lasting: number): Decided[] =>
    Array.from({ length: perSecond * 20 }, (_, index) => at((index * 1_000) / perSecond, lasting));

  const limit = { perSecond: 10, inOneSecond: 11 };

  test("sees in one second what is answered fast, and in several what is answered slowly", () => {
    expect(windowAbove(steadily(20, 5), limit)?.seconds).toBe(1);
    expect(windowAbove(steadily(20, 3_000), limit)?.seconds).toBe(8);
  });

  test("sees nothing where there is not more, or where answers took for ever", () => {
    expect(windowAbove(steadily(10, 5), limit)).toBeUndefined();
    expect(windowAbove(steadily(20, 70_000), limit)).toBeUndefined();
  });

  test("does not take the edges of a long time for an excess", () => {
    const twoBursts = [0, 1_900].flatMap((from) => Array.from({ length: 11 }, () => at(from, 5)));
    expect(windowAbove(twoBursts, limit)).toBeUndefined();
  });
});

describe("exactlyAdmitted", () => {
  test("admits the limit in any second, and everything that is slow enough", () => {
    expect(
      exactlyAdmitted(
        Array.from({ length: 300 }, (_, index) => at(index * 10)),
        20,
      ),
    ).toBe(60);
    expect(
      exactlyAdmitted(
        Array.from({ length: 30 }, (_, index) => at(index * 100)),
        20,
      ),
    ).toBe(30);
    expect(exactlyAdmitted([], 20)).toBe(0);
  });

  test("never admits more than the limit in a second, and refuses only when it must", () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 5 }), (all, limit) => {
        const moments = all.map(({ sentAt, at: end }) => (sentAt + end) / 2).toSorted((a, b) => a - b);
        const admitted: number[] = [];
        for (const moment of moments) {
          if (admitted.filter((earlier) => earlier > moment - 1_000).length < limit) admitted.push(moment);
        }
        expect(exactlyAdmitted(all, limit)).toBe(admitted.length);
      }),
    );
  });
});
