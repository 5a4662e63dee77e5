import { expect, test } from "vitest";

import { exitCodes } from "../../core/mod.ts";
import { recipeFor } from "./fake-simulation.test-support.ts";
import { exitCodeOfCampaign, resultOf } from "./result.ts";
import type { SeedOutcome } from "./seed-report.ts";
import { addReport, emptyTally } from "./tally.ts";

const recipe = recipeFor("scheduler-failover");

test.each<[string, readonly SeedOutcome[], { swarm?: boolean; interrupted?: boolean }, number]>([
  ["all passed", ["passed", "passed"], {}, exitCodes.passed],
  ["one failed", ["passed", "failed", "broken"], {}, exitCodes.failed],
  ["one broke", ["passed", "broken"], {}, exitCodes.inconclusive],
  ["one proves nothing", ["passed", "inconclusive"], {}, exitCodes.inconclusive],
  ["one of a swarm proves nothing", ["passed", "inconclusive"], { swarm: true }, exitCodes.passed],
  ["none of a swarm proves anything", ["inconclusive"], { swarm: true }, exitCodes.inconclusive],
  ["one of a swarm broke", ["passed", "broken"], { swarm: true }, exitCodes.inconclusive],
  ["none was run", [], {}, exitCodes.inconclusive],
  ["somebody stopped it", ["failed"], { interrupted: true }, exitCodes.interrupted],
])("of its seeds %s: the exit code says so", (_what, outcomes, { swarm = false, interrupted = false }, code) => {
  const result = resultOf(ended(outcomes, interrupted), { ...facts, swarm });
  expect(exitCodeOfCampaign(result)).toBe(code);
});

test("situations that cannot occur without workflows are left out where there are none", () => {
  const rowsWith = (scenario: string) => resultOf(ended([]), { ...facts, recipes: [recipeFor(scenario)] }).coverage;
  const ofSteps = /step of a workflow/;
  expect(rowsWith("steady-work").situations.filter(({ situation }) => ofSteps.test(situation))).toEqual([]);
  expect(rowsWith("slow-engine").situations.filter(({ situation }) => ofSteps.test(situation))).toHaveLength(1);
});

test("coverage tells meetings of faults and states apart from the other situations", () => {
  const { coverage } = resultOf(ended(["passed"]), facts);
  expect(coverage.meetings).toEqual([
    { action: "kill", role: "scheduler", doing: "leading", seeds: 1, occurrences: 2 },
  ]);
  expect(coverage.situations.find(({ situation }) => situation === "a job was tried again")?.occurrences).toBe(3);
});

const facts = {
  ...{ name: "scheduler-failover", firstSeed: 1, recipes: [recipe], swarm: false, jobs: 2 },
  ...{ startedAtUnixMs: 0, reproduce: "" },
};

function ended(outcomes: readonly SeedOutcome[], interrupted = false) {
  const tally = emptyTally();
  const coverage = { "kill × scheduler × leading": 2, "a job was tried again": 3 };
  const figures = { red: [], traceHash: "", kernelEvents: 10, virtualMs: 1_000, cpuMs: 5, coverage };
  for (const outcome of outcomes) addReport(tally, { recipe, outcome, ...figures });
  return { tally, wallMs: 1_000, interrupted, failures: [] };
}
