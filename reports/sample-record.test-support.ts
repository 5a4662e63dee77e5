import type { History, RunRecord, Verdict } from "../core/mod.ts";

/** A history in which nothing happened. */
export const emptyHistory: History = {
  size: 0,
  endedAt: 0,
  phases: [],
  operations: [],
  jobs: new Map(),
  sections: [],
  faults: [],
  replicas: [],
  stalls: [],
  workersReads: [],
  healthReads: [],
  workflows: [],
  runReads: [],
  samples: [],
};

/** A record of a run in which every check held; tests override what they are about. */
export function sampleRecord(override: Partial<RunRecord> = {}): RunRecord {
  return {
    format: 1,
    seatrial: "0.1.0",
    scenario: "scheduler-leader-loss",
    title: "The scheduler that leads is killed at full load, and its successor is paused.",
    world: "local",
    seed: "42",
    tuning: { JOB_LOCK_TTL: "3s", RECONCILE_INTERVAL: "1s" },
    without: [],
    cluster: { gateways: 2, schedulers: 3, workers: 4 },
    startedAtUnixMs: Date.UTC(2026, 10, 22, 4, 50, 12, 250),
    lastedMs: 64_200,
    status: "passed",
    verdicts: [sampleVerdict()],
    generator: {
      healthy: true,
      operations: 5_000,
      dropped: 0,
      sendLagP50Ms: 0.3,
      late: 0,
      sendLagP99Ms: 2.1,
      eventLoopDelayP99Ms: 11.4,
    },
    reproduce: "npm run seatrial -- run scheduler-leader-loss --seed 42 --tuning fast",
    machine: { cores: 2, memoryMb: 7_936, node: "v24.21.0", redis: "7.0.15", nats: "2.9.10" },
    ...override,
  };
}

/** A verdict that holds. */
export function sampleVerdict(override: Partial<Verdict> = {}): Verdict {
  return {
    check: "no job is lost",
    status: "pass",
    examined: 4_912,
    violations: 0,
    counterexamples: [],
    measurements: [],
    summary: "Every acknowledged job came to an end.",
    ...override,
  };
}

/** Verdicts of every kind, the good ones first, so that a report has something to put in order. */
export function sampleVerdicts(lastedMs: number): Verdict[] {
  return [
    sampleVerdict({ check: "no effect twice", summary: "Each job took effect at most once." }),
    sampleVerdict({
      check: "no job is lost",
      status: "fail",
      violations: 2,
      summary: "2 of 4,912 acknowledged jobs never came to an end.",
      counterexamples: [
        { subject: "job-1708", because: "acknowledged, dispatched never, last seen as PENDING", at: lastedMs * 0.33 },
        { subject: "job-3417", because: "acknowledged, dispatched never, last seen as PENDING", at: lastedMs * 0.61 },
      ],
    }),
    sampleVerdict({
      check: "one leader at a time",
      examined: 4,
      summary: "4 terms of 2 leases, none of which overlap.",
      measurements: [{ name: "longestGapMs", value: 1_460 }],
    }),
    sampleVerdict({
      check: "rate limit holds for limited",
      examined: 1,
      summary:
        "1 client: limited got 470 of 850 requests admitted, at most 17 of them in any second, with a limit of 20",
      measurements: [
        { name: "limitPerSecond", value: 20 },
        { name: "admittedPerSecondMax", value: 17 },
      ],
    }),
    sampleVerdict({
      check: "one job per key",
      status: "unknown",
      examined: 0,
      summary: "No operation carried an idempotency key.",
    }),
  ];
}
