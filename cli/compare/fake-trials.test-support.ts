import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { seededRandom, type HistoryEvent, type Verdict } from "../../core/mod.ts";
import { sampleRecord, sampleVerdict } from "../../reports/sample-record.test-support.ts";
import type { Progress } from "../progress.ts";
import type { TrialPlan } from "../run/plan.ts";
import type { TrialContext } from "../run/trial.ts";
import type { RunTrial } from "./compare.ts";

/** How a run that never happened went. */
export interface FakeRun {
  /** Typical latency of its jobs; each run differs from it by up to a tenth of the jitter. */
  readonly latencyMs: number;
  /** @defaultValue 0.02 */
  readonly jitter?: number;
  /** @defaultValue 700, enough for p99 */
  readonly jobs?: number;
  /** Why its generator was not healthy. */
  readonly unhealthy?: string;
  readonly verdicts?: readonly Verdict[];
  readonly throws?: Error;
}

/** A runner of trials that makes histories up, and keeps the plans that it was given. */
export function fakeTrials(behave: (plan: TrialPlan, number: number) => FakeRun): RunTrial & { plans: TrialPlan[] } {
  const plans: TrialPlan[] = [];
  const run: RunTrial = (plan, { out }) => {
    const fake = behave(plan, plans.push(plan));
    if (fake.throws) return Promise.reject(fake.throws);
    mkdirSync(out, { recursive: true });
    const folder = mkdtempSync(join(out, "run-"));
    const lines = historyOf(fake, `${plan.seed}/${plans.length}`).map((event) => JSON.stringify(event));
    writeFileSync(join(folder, "history.jsonl"), `${lines.join("\n")}\n`);
    const healthy = fake.unhealthy === undefined;
    const because = healthy ? {} : { because: fake.unhealthy };
    const record = sampleRecord({
      scenario: plan.name,
      seed: plan.seed,
      verdicts: fake.verdicts ?? [sampleVerdict()],
      generator: { ...sampleRecord().generator, healthy, ...because },
    });
    return Promise.resolve({ record, folder });
  };
  return Object.assign(run, { plans });
}

/** Where fake trials leave their folders; tells what was said to the user. */
export function fakeContext(out: string, signal = new AbortController().signal): TrialContext & { told: string[] } {
  const told: string[] = [];
  const progress: Progress = { step: (line) => void told.push(line), live: () => {}, done: () => {} };
  return { out, progress, signal, told };
}

/** A check that failed. */
export const brokenVerdict = sampleVerdict({
  status: "fail",
  violations: 1,
  summary: "1 of 700 jobs contradict.",
});

/** The second half of each job's time is its way from the acknowledgement to its effect. */
function historyOf({ latencyMs, jitter = 0.02, jobs = 700 }: FakeRun, seed: string): HistoryEvent[] {
  const random = seededRandom(seed);
  const typicalMs = latencyMs * (1 + jitter * (random.next() - 0.5));
  const events: HistoryEvent[] = [{ kind: "phase", phase: "load", at: 0, who: "harness" }];
  for (let id = 1; id <= jobs; id++) {
    const intendedAt = id * 5;
    const at = intendedAt + typicalMs * (0.9 + 0.2 * random.next());
    const [job, load] = [`job-${id}`, "steady"];
    const submitted = { kind: "op", op: "submit", id, load, via: "gateway-1", intendedAt, sentAt: intendedAt } as const;
    events.push({ ...submitted, outcome: "ok", job, at, who: "load" });
    events.push({ kind: "effect", job, epoch: 1, worker: "w", decision: "accepted", at: at + typicalMs, who: "sink" });
  }
  return events.toSorted((a, b) => a.at - b.at);
}
