import { expect, test } from "vitest";

import { seededRandom } from "../core/mod.ts";
import { judgeEffect } from "./effect.ts";
import { meanInterval } from "./mean-interval.ts";
import { noiseFloor, type Noise } from "./noise.ts";
import { pairsAtMost, pairsNeeded } from "./pairs-needed.ts";
import { tWithin } from "./student-t.ts";

test("so many that the interval would leave out zero", () => {
  const values = [0.1, 0.3, 0.2, 0, 0.4];
  const needed = pairsNeeded({ values, margin: 0 }) ?? 0;
  const deviation = Math.sqrt(0.025);
  expect((tWithin(0.95, needed - 1) * deviation) / Math.sqrt(needed)).toBeLessThan(0.2);
  const fewer = Math.max(6, needed - 1);
  expect(needed === 6 || (tWithin(0.95, fewer - 1) * deviation) / Math.sqrt(fewer) >= 0.2).toBe(true);
});

test("more when A against A is noisier than the pairs happen to be", () => {
  const values = [0.1, 0.11, 0.09];
  const quiet = pairsNeeded({ values, margin: 0.05 }) ?? 0;
  expect(pairsNeeded({ values, noise: { perPair: 0.2, pairs: 6 }, margin: 0.05 })).toBeGreaterThan(quiet);
});

test("fewer where a wide margin lets equivalence be seen", () => {
  const values = [0.02, -0.03, 0.01];
  const narrow = pairsNeeded({ values, noise: { perPair: 0.03, pairs: 6 }, margin: 0.01 });
  expect(pairsNeeded({ values, noise: { perPair: 0.03, pairs: 6 }, margin: 0.2 })).toBeLessThan(narrow ?? pairsAtMost);
});

test("nothing when no number of pairs that anyone waits for would do", () => {
  expect(pairsNeeded({ values: [1, -1], noise: { perPair: 1, pairs: 6 }, margin: 0.001 })).toBeUndefined();
});

const noisy: Noise = { perPair: 0.2, pairs: 2 };

/** Pairs whose mean is the effect, half of them above it and half below. */
function around(effect: number, apart: number, pairs: number): number[] {
  return Array.from({ length: pairs }, (_, index) => {
    const isMiddle = pairs % 2 === 1 && index === 0;
    return isMiddle ? effect : effect + (index % 2 === 0 ? apart : -apart);
  });
}

function verdictAfter(pairs: number, effect: number, apart: number, noise: Noise | undefined) {
  const interval = meanInterval(around(effect, apart, pairs), { random: seededRandom("pairs") });
  const floor = noise === undefined ? 0 : noiseFloor(noise, pairs);
  return judgeEffect({ interval, floor, margin: 0.05, better: "lower" });
}

test.each([4, 5, 6])("an effect below the noise floor needs pairs until it is above: nine, asked at %i", (seen) => {
  const values = around(0.3, 0.01, seen);
  expect(pairsNeeded({ values, noise: noisy, margin: 0.05 })).toBe(9);
  expect(verdictAfter(9, 0.3, 0.01, noisy)).toBe("worse");
  expect(verdictAfter(8, 0.3, 0.01, noisy)).toBe("inconclusive");
});

test.each([
  [0.3, 0.5, undefined],
  [0.3, 0.5, noisy],
  [-0.12, 0.2, { perPair: 0.05, pairs: 3 }],
  [0.01, 0.1, { perPair: 0.1, pairs: 3 }],
])(
  "with the number of pairs that was told, an effect of %d (apart by %d, noise %j) is decided",
  (effect, apart, noise) => {
    const needed = pairsNeeded({ values: around(effect, apart, 4), noise, margin: 0.05 });
    expect(verdictAfter(4, effect, apart, noise)).toBe("inconclusive");
    expect(verdictAfter(needed ?? 4, effect, apart, noise)).not.toBe("inconclusive");
  },
);
