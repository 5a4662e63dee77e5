import { sampleVerdict } from "../sample-record.test-support.ts";
import type { CampaignResult, ExaminedFailure } from "./campaign-result.ts";
import type { SweepResult } from "./sweep-result.ts";

const red = sampleVerdict({
  check: "no job is lost",
  status: "fail",
  violations: 2,
  summary: "2 of 120 acknowledged jobs contradict.",
  counterexamples: [{ subject: "job-7", because: "and still DISPATCHED at the last read", at: 61_000 }],
});

const step = { at: 4_252.852, who: "scheduler-1", what: "timer", detail: "" };

/** What was found out about a failing seed. */
export const sampleExamined: ExaminedFailure = {
  folder: "runs/campaign/scheduler-failover-seed-7",
  replay: "npm run seatrial -- replay runs/campaign/scheduler-failover-seed-7",
  deterministic: true,
  lastEvents: [step],
  shrunk: {
    folder: "runs/campaign/scheduler-failover-seed-7/shrunk",
    replay: "npm run seatrial -- replay runs/campaign/scheduler-failover-seed-7/shrunk",
    red,
    recipe: ["2 gateways, 2 schedulers, 2 workers", "3 operations of steady at 1/s", "at 0 ms: kill scheduler.leader"],
    changes: ["without pause scheduler.leader", "kill scheduler.leader at 0 ms instead of 1 m 40 s"],
    runs: 24,
    minimal: true,
    lastEvents: [step],
  },
  divergence: {
    change: "without kill scheduler.leader",
    lookedAt: 6,
    stepsBack: 0,
    sharedSteps: 1_554,
    failing: { ...step, what: "killed" },
    passing: undefined,
  },
};

/** A campaign in which a seed failed; tests override what they are about. */
export function sampleCampaign(override: Partial<CampaignResult> = {}): CampaignResult {
  return {
    format: 1,
    seatrial: "0.1.0",
    name: "scheduler-failover",
    status: "failed",
    counts: { passed: 996, failed: 2, inconclusive: 1, broken: 1 },
    firstSeed: 1,
    loadFactors: { "scheduler-failover": 0.0038 },
    swarm: false,
    tuning: "default",
    without: [],
    speed: { jobs: 2, wallMs: 60_000, cpuMs: 100_000, virtualMs: 360_000_000, kernelEvents: 20_000_000 },
    coverage: {
      situations: [
        { situation: "a job was tried again", tries: ["G1", "G2"], seeds: 812, occurrences: 2_044 },
        { situation: "a worker's claim was refused", tries: ["G2"], seeds: 0, occurrences: 0 },
      ],
      meetings: [
        { action: "kill", role: "scheduler", doing: "leading", seeds: 998, occurrences: 998 },
        { action: "kill", role: "scheduler", doing: "idle", seeds: 0, occurrences: 0 },
      ],
    },
    failures: [
      {
        scenario: "scheduler-failover",
        seed: "7",
        red: [red],
        traceHash: "0a78798f844bb1e2",
        examined: sampleExamined,
      },
      { scenario: "scheduler-failover", seed: "93", red: [red], traceHash: "6bc78b4d5723f476" },
    ],
    unclear: [{ scenario: "scheduler-failover", seed: "12", outcome: "broken", because: "[simulation_stuck] no more" }],
    startedAtUnixMs: Date.UTC(2026, 10, 22),
    reproduce: "npm run seatrial -- campaign scheduler-failover --seeds 1000 --first 1 --tuning default",
    ...override,
  };
}

/** A sweep in which a point failed. */
export const sampleSweep: SweepResult = {
  format: 1,
  seatrial: "0.1.0",
  scenario: "two-replica-health",
  seed: "1",
  status: "failed",
  calls: 68,
  swept: 2,
  rows: [
    { replica: "scheduler-1", call: "jobs.advance:DISPATCHED", calls: 2, tried: 4, passed: 3, failed: 1, unclear: 0 },
  ],
  failures: [
    {
      point: "before call 2 of jobs.advance (jobs.advance:DISPATCHED) in scheduler-1",
      outcome: "failed",
      red: [red],
      replay: "npm run seatrial -- replay runs/sweep/point-1",
    },
  ],
  wallMs: 4_000,
  reproduce: "npm run seatrial -- sweep two-replica-health --seed 1 --tuning default",
};
