import { expect, test } from "vitest";

import { pairsAtMost, pairsNeeded } from "./pairs-needed.ts";
import { tWithin } from "./student-t.ts";

test("so many that the interval would leave out zero", () => {
  const values = [0.1, 0.3, 0.2, 0, 0.4];
  const needed = pairsNeeded({ values, noisePerPair: 0, margin: 0 }) ?? 0;
  const deviation = Math.sqrt(0.025);
  expect((tWithin(0.95, needed - 1) * deviation) / Math.sqrt(needed)).toBeLessThan(0.2);
  const fewer = Math.max(6, needed - 1);
  expect(needed === 6 || (tWithin(0.95, fewer - 1) * deviation) / Math.sqrt(fewer) >= 0.2).toBe(true);
});

test("more when A against A is noisier than the pairs happen to be", () => {
  const values = [0.1, 0.11, 0.09];
  const quiet = pairsNeeded({ values, noisePerPair: 0, margin: 0.05 }) ?? 0;
  expect(pairsNeeded({ values, noisePerPair: 0.2, margin: 0.05 })).toBeGreaterThan(quiet);
});

test("fewer where a wide margin lets equivalence be seen", () => {
  const values = [0.02, -0.03, 0.01];
  const narrow = pairsNeeded({ values, noisePerPair: 0.03, margin: 0.01 });
  expect(pairsNeeded({ values, noisePerPair: 0.03, margin: 0.2 })).toBeLessThan(narrow ?? pairsAtMost);
});

test("nothing when no number of pairs that anyone waits for would do", () => {
  expect(pairsNeeded({ values: [1, -1], noisePerPair: 1, margin: 0.001 })).toBeUndefined();
});
