import type { ComparedScenario, WorldRow, WorldsComparison } from "./worlds-comparison.ts";

/** A figure in which sim is half of local. */
export function sampleWorldRow(override: Partial<WorldRow> = {}): WorldRow {
  return {
    id: "recovery-1",
    title: "fault 1 (kill): slowest job",
    unit: "ms",
    family: "recovery",
    sim: { median: 2_400, least: 2_300, most: 2_500, runs: 3 },
    local: { median: 4_800, least: 4_700, most: 5_000, runs: 3 },
    pairs: 3,
    error: -0.5,
    interval: { estimate: Math.log(0.5), lower: Math.log(0.45), upper: Math.log(0.55) },
    verdict: "differ",
    because: "sim is lower: nothing known explains it",
    ...override,
  };
}

/** A scenario with one figure and one stage. */
export function sampleScenario(override: Partial<ComparedScenario> = {}): ComparedScenario {
  return {
    scenario: "scheduler-failover",
    title: "The leading scheduler is stopped.",
    runs: [
      { world: "local", number: 1, seed: "7-1", status: "passed", tookMs: 31_000, folder: "run-1", failed: [] },
      { world: "sim", number: 1, seed: "7-1", status: "passed", tookMs: 900, traceHash: "0123", failed: [] },
    ],
    rows: [sampleWorldRow()],
    shapes: [
      {
        ...{ id: "submit", title: "due to acknowledged", counts: { sim: 200, local: 180 } },
        sim: [0.4, 0.5, 0.6, 0.7, 0.8, 1, 2],
        local: [2, 2.5, 3, 4, 6, 12, 80],
      },
    ],
    ...override,
  };
}

/** Worlds that differ in one figure of one scenario. */
export function sampleWorlds(override: Partial<WorldsComparison> = {}): WorldsComparison {
  return {
    format: 1,
    seatrial: "0.1.0",
    name: "gate-19",
    seed: "7",
    tuning: "fast",
    margin: 0.1,
    runsWanted: 3,
    conditions: "quiet conditions",
    scenarios: [sampleScenario()],
    startedAtUnixMs: Date.UTC(2026, 10, 22),
    lastedMs: 95_000,
    interrupted: false,
    reproduce: "npm run seatrial -- compare-worlds gate-19 --runs 3 --tuning fast --seed 7",
    ...override,
  };
}
