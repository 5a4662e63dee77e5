import { expect, test } from "vitest";

import { seededRandom } from "../core/mod.ts";
import { normals } from "./normal.test-support.ts";
import { fewestPairs, signFlipProbability } from "./sign-flip.ts";

const random = seededRandom("sign-flip");

// Counted by hand: of the ways to give signs, those whose sum is as far from zero as the one seen.
test.each([
  [[1, 2, 3], 2 / 8],
  [[1, 2, -3], 8 / 8],
  [[5], 1],
  [[0, 0], 1],
  [[1, 1, 1, 1, 1, 1], 2 / 64],
  [[0.3, 0.1, 0.2, -0.05, 0.4, 0.25], 4 / 64],
])("%j has probability %d", (differences, expected) => {
  expect(signFlipProbability(differences, random)).toBe(expected);
});

test("beyond 16 pairs, ways are drawn, and agree with what counting would give", () => {
  const differences = [...Array<number>(16).fill(1), -1];
  // As far as 15 or farther: all 17 alike, or one of 17 unlike, on both sides.
  expect(signFlipProbability(differences, random)).toBeCloseTo((2 * (1 + 17)) / 2 ** 17, 3);
  expect(signFlipProbability(Array<number>(40).fill(1), random)).toBeGreaterThan(0);
});

test("where there is no difference, it falls below 5 % about once in twenty times", () => {
  const source = seededRandom("null");
  let below = 0;
  for (let time = 0; time < 1_000; time++) if (signFlipProbability(normals(8, source), source) < 0.05) below += 1;
  expect(below).toBeGreaterThan(25);
  expect(below).toBeLessThan(75);
});

test("five pairs can never be significant at 5 %, six can", () => {
  expect(fewestPairs(0.05)).toBe(6);
  expect(signFlipProbability(Array<number>(5).fill(1), random)).toBeGreaterThan(0.05);
  expect(signFlipProbability(Array<number>(6).fill(1), random)).toBeLessThan(0.05);
});
