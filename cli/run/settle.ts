import { ms, type PhaseEvent, type TrialWorld } from "../../core/mod.ts";
import { awaitOutcomes, awaitRuns, readJobs, readRuns, type LoadReport } from "../../loadgen/mod.ts";
import { harnessClient } from "./api-keys.ts";
import type { TrialParts } from "./trial-parts.ts";

/** What the plane promised. */
type Promised = Pick<LoadReport, "acknowledged" | "acknowledgedRuns">;

/** Waits until everything that the plane acknowledged has ended, within a bound, and then reads what it says of it. */
export async function settle(trial: TrialParts, world: TrialWorld, promised: Promised): Promise<void> {
  const { acknowledged: jobs, acknowledgedRuns: runs = [] } = promised;
  const { progress } = trial.context;
  const whole = namesOf([jobs.length, runs.length]);
  progress.live(`waiting until ${whole} have ended`);
  const missing = await awaitAll(trial, world, { jobs, runs });
  trial.witness.record(outcomeOf(missing, [jobs.length, runs.length]));
  progress.live(`reading ${whole} through every gateway`);
  const readers = readersOf(trial, world);
  await readJobs(jobs, { ...readers, apiKey: trial.keys.keyOf(harnessClient) });
  await readRuns(runs, { ...readers, apiKey: (client) => trial.keys.keyOf(client), withinMs: readWithinMs });
}

const readWithinMs = 120_000;

type Counts = readonly [jobs: number, runs: number];

async function awaitAll(
  trial: TrialParts,
  world: TrialWorld,
  { jobs, runs }: { readonly jobs: string[]; readonly runs: NonNullable<Promised["acknowledgedRuns"]> },
): Promise<Counts> {
  const patience = { ...readersOf(trial, world), withinMs: ms(trial.plan.scenario.settleWithin ?? "30s") };
  const [lateJobs, lateRuns] = await Promise.all([
    awaitOutcomes(jobs, { ...patience, apiKey: trial.keys.keyOf(harnessClient) }),
    awaitRuns(runs, { ...patience, apiKey: (client) => trial.keys.keyOf(client) }),
  ]);
  return [lateJobs.length, lateRuns.length];
}

function readersOf({ context, clock, witness }: TrialParts, world: TrialWorld) {
  return { gateways: world.gateways(), openHttp: world.openHttp, clock, witness, signal: context.signal };
}

function outcomeOf(missing: Counts, all: Counts): Omit<PhaseEvent, "at" | "who"> {
  if (missing[0] + missing[1] === 0) return { kind: "phase", phase: "converged" };
  const detail = `of ${namesOf(all)}, ${namesOf(missing)} have not ended`;
  return { kind: "phase", phase: "not-converged", detail };
}

/** `2,000 jobs`, `50 runs`, or both. */
function namesOf([jobs, runs]: Counts): string {
  if (runs === 0) return `${jobs} jobs`;
  return jobs === 0 ? `${runs} runs` : `${jobs} jobs and ${runs} runs`;
}
