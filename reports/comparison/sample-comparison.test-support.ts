import type { Comparison, MeasureRow } from "./comparison.ts";

/** A measure of which the second tuning has six times as much. */
export function sampleRow(override: Partial<MeasureRow> = {}): MeasureRow {
  return {
    id: "recovery",
    title: "slowest recovery",
    unit: "ms",
    better: "lower",
    a: { median: 4_800, least: 4_700, most: 5_000, runs: 4 },
    b: { median: 29_000, least: 28_500, most: 29_800, runs: 4 },
    pairs: 4,
    interval: { estimate: Math.log(6), lower: Math.log(5.8), upper: Math.log(6.2) },
    floor: Math.log(1.03),
    noisePairs: 2,
    probability: 0.125,
    verdict: "worse",
    ...override,
  };
}

/** A comparison with one measure. */
export function sampleComparison(override: Partial<Comparison> = {}): Comparison {
  return {
    format: 1,
    seatrial: "0.1.0",
    scenario: "lock-holder-dies",
    title: "A scheduler is killed with locks in its hands.",
    seed: "7",
    pace: 1,
    a: { name: "job-lock-5s", variables: { SCHEDULER_JOB_LOCK_TTL: "5s", WORKER_TTL: "5s" } },
    b: { name: "job-lock-30s", variables: { SCHEDULER_JOB_LOCK_TTL: "30s", WORKER_TTL: "5s" } },
    margin: 0.05,
    startedAtUnixMs: Date.UTC(2026, 10, 22),
    lastedMs: 600_000,
    runs: [{ pair: 1, side: "a", seed: "7-1", status: "passed", folder: "run-1", failed: [], unknown: [], values: {} }],
    rows: [sampleRow()],
    pairs: 4,
    pairsWanted: 4,
    interrupted: false,
    reproduce: "npm run seatrial -- compare job-lock-5s.yaml job-lock-30s.yaml",
    ...override,
  };
}
