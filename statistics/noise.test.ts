import { expect, test } from "vitest";

import { seededRandom } from "../core/mod.ts";
import { mean } from "./moments.ts";
import { noiseFloor, noiseOf, smallestDetectable } from "./noise.ts";
import { normals } from "./normal.test-support.ts";

test("without A/A pairs nothing is known about the noise", () => {
  expect(noiseOf([])).toBeUndefined();
});

test("two A/A pairs, by hand", () => {
  const noise = { perPair: 0.05, pairs: 2 };
  expect(noiseOf([0.05, -0.05])).toEqual(noise);
  expect(noiseFloor(noise, 4)).toBeCloseTo((4.3027 * 0.05) / 2, 5);
  expect(smallestDetectable(noise, 4)).toBeCloseTo(((4.3027 + 1.0607) * 0.05) / 2, 4);
});

test("more A/A pairs and more pairs lower the floor", () => {
  expect(noiseFloor({ perPair: 0.1, pairs: 6 }, 4)).toBeLessThan(noiseFloor({ perPair: 0.1, pairs: 2 }, 4));
  expect(noiseFloor({ perPair: 0.1, pairs: 2 }, 8)).toBeLessThan(noiseFloor({ perPair: 0.1, pairs: 2 }, 4));
});

/** How often the mean of four pairs with a true effect lies beyond the floor that three A/A pairs have set. */
function beyond(trueEffect: (floorOf: ReturnType<typeof noiseOf>) => number): number {
  const random = seededRandom("noise");
  let found = 0;
  for (let time = 0; time < 2_000; time++) {
    const noise = noiseOf(normals(3, random, 0.1));
    const floor = noise === undefined ? Infinity : noiseFloor(noise, 4);
    const values = normals(4, random, 0.1).map((value) => value + trueEffect(noise));
    if (Math.abs(mean(values)) > floor) found += 1;
  }
  return found / 2_000;
}

test("noise alone stays below the floor 19 times of 20", () => {
  expect(beyond(() => 0)).toBeGreaterThan(0.035);
  expect(beyond(() => 0)).toBeLessThan(0.065);
});

test("the smallest detectable effect is found about 4 times of 5", () => {
  const found = beyond((noise) => (noise === undefined ? 0 : smallestDetectable(noise, 4)));
  expect(found).toBeGreaterThan(0.7);
  expect(found).toBeLessThan(0.9);
});
