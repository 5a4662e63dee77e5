import { expect, test } from "vitest";

import { recipeFor } from "./fake-simulation.test-support.ts";
import { progressLine } from "./progress-line.ts";
import { addReport, emptyTally } from "./tally.ts";

test("a line tells how far it is, how fast, what failed, and how long it will take", () => {
  expect(progressLine(tallyOf(20), 10_000, { seeds: 100 }, 1)).toBe(
    "20 of 100 runs, 2.0/s, none failed, 20 m simulated, about 40 s left",
  );
  expect(progressLine(tallyOf(1_500, 2), 10_000, { seeds: 1_000 }, 5)).toBe(
    "1,502 of 5,000 runs, 150/s, 2 failed, 25.0 h simulated, about 23.3 s left",
  );
});

test("with a time, there is no number to come to", () => {
  expect(progressLine(tallyOf(20), 10_000, { lastingMs: 300_000 }, 1)).toBe(
    "20 runs, 2.0/s, none failed, 20 m simulated, about 4 m 50 s left",
  );
});

function tallyOf(passed: number, failed = 0) {
  const tally = emptyTally();
  const report = { recipe: recipeFor("steady-work"), red: [], traceHash: "", kernelEvents: 1, cpuMs: 1, coverage: {} };
  for (let seed = 0; seed < passed; seed++) addReport(tally, { ...report, outcome: "passed", virtualMs: 60_000 });
  for (let seed = 0; seed < failed; seed++) addReport(tally, { ...report, outcome: "failed", virtualMs: 0 });
  return tally;
}
