import { expect, test } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { electionMs } from "./election.ts";

test("elections take as long as they were measured to: a median of 5.9 s, from 4.1 to 8.1 s", () => {
  const random = seededRandom("elections");
  const drawn = Float64Array.from({ length: 2_001 }, () => electionMs(random)).toSorted();
  expect(drawn[0]).toBeGreaterThanOrEqual(4_100);
  expect(drawn.at(-1)).toBeLessThanOrEqual(8_100);
  expect(drawn[1_000]! / 5_900).toBeCloseTo(1, 1);
});
