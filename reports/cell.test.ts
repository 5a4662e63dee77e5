import { expect, test } from "vitest";

import { cellText, count, counted, inMs, perSecond, share } from "./cell.ts";

test.each([
  [inMs(3.21), "3.2 ms"],
  [inMs(2_450), "2.45 s"],
  [inMs(undefined), "–"],
  [inMs(undefined, "too few"), "too few"],
  [count(4_912), "4,912"],
  [perSecond(98.25), "98.3/s"],
  [share(1, 3), "33.3 %"],
  [share(1, 100_000), "<0.1 %"],
  [share(0, 10), "0 %"],
  [share(0, 0), "–"],
  ["word", "word"],
])("%j reads %s", (cell, text) => {
  expect(cellText(cell)).toBe(text);
});

test("one is singular", () => {
  expect([counted(1, "job"), counted(0, "job"), counted(1_200, "job")]).toEqual(["1 job", "0 jobs", "1,200 jobs"]);
});
