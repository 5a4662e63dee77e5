import { join } from "node:path";

import { messageOf, readableMs, readHistory, SeatrialError } from "../../core/mod.ts";
import type { ComparedWorld } from "../../reports/mod.ts";
import type { SimConditions } from "../../worlds/sim/mod.ts";
import { quieter, type RunTrial } from "../compare/compare.ts";
import type { TrialPlan } from "../run/plan.ts";
import type { TrialContext } from "../run/trial.ts";
import type { SimulatedTrial, SimulationOptions } from "../simulate/simulated-trial.ts";
import { measured, type WorldRun } from "./world-run.ts";
import type { TrialInBoth } from "./worlds-plan.ts";

/** How a trial is made in each world: `simulateTrial` and `runTrial`, but for tests. */
export interface Worlds {
  readonly simulate: (
    plan: TrialPlan,
    options: SimulationOptions,
  ) => Promise<
    Pick<SimulatedTrial, "history" | "verdicts" | "status" | "generator" | "traceHash" | "virtualMs" | "broke">
  >;
  readonly runTrial: RunTrial;
}

/** What all runs of a scenario have in common. */
export interface RunsOfWorlds {
  readonly runs: number;
  readonly seed: string;
  readonly conditions: SimConditions;
  readonly context: TrialContext;
  readonly worlds: Worlds;
}

/** Runs that the machine spoilt are made up for by no more than so many others: some machines spoil all of them. */
const spares = 2;

/**
 * Runs a scenario so many times in each world, in turns, so that a slow drift of the machine favours neither. Runs of
 * one number have the same seed. A number whose local run was spoilt, by a generator that fell behind, say, is made up
 * for by another; what breaks a simulation would break it again. What is interrupted leaves the runs that were made.
 */
export async function runWorlds(trial: TrialInBoth, together: RunsOfWorlds): Promise<WorldRun[]> {
  const made: WorldRun[] = [];
  let last = together.runs;
  for (let number = 1; number <= last; number++) {
    for (const world of inTurn(number)) {
      const run = await tryRun(trial, { world, number, seed: `${together.seed}-${number}` }, together);
      if (together.context.signal.aborted) return made;
      made.push(run);
      together.context.progress.step(progressLine(run, last));
    }
    if (isSpoilt(made, number) && last < together.runs + spares) last += 1;
  }
  return made;
}

function isSpoilt(runs: readonly WorldRun[], number: number): boolean {
  return runs.some((run) => run.world === "local" && run.number === number && run.excluded !== undefined);
}

type Scheduled = Pick<WorldRun, "world" | "number" | "seed">;

function inTurn(number: number): readonly ComparedWorld[] {
  return number % 2 === 1 ? ["local", "sim"] : ["sim", "local"];
}

/** A run that could not be made says why, and does not stop the others. */
async function tryRun(trial: TrialInBoth, scheduled: Scheduled, together: RunsOfWorlds): Promise<WorldRun> {
  const beganAt = performance.now();
  const tookMs = (): number => performance.now() - beganAt;
  try {
    const run = scheduled.world === "sim" ? runSim : runLocal;
    const made = await run({ ...trial[scheduled.world], seed: scheduled.seed }, together);
    return { ...scheduled, ...made, tookMs: tookMs() };
  } catch (thrown) {
    // Whatever an interrupted run throws, it is left out.
    if (!(thrown instanceof SeatrialError) && !together.context.signal.aborted) throw thrown;
    const excluded = `it could not be run: ${messageOf(thrown)}`;
    return { ...scheduled, status: "not run", tookMs: tookMs(), excluded, verdicts: [], figures: [], stages: [] };
  }
}

type Made = Omit<WorldRun, keyof Scheduled | "tookMs">;

async function runLocal(plan: TrialPlan, { worlds, context }: RunsOfWorlds): Promise<Made> {
  const { record, folder } = await worlds.runTrial(plan, { ...context, progress: quieter(context.progress) });
  const history = await readHistory(join(folder, "history.jsonl"));
  return {
    ...{ folder, status: record.status, lastedMs: record.lastedMs, machine: record.machine },
    ...{ verdicts: record.verdicts, ...excludedFor(record.generator) },
    ...measured({ record, history }),
  };
}

async function runSim(plan: TrialPlan, { worlds, conditions, context }: RunsOfWorlds): Promise<Made> {
  const trial = await worlds.simulate(plan, { conditions, signal: context.signal });
  const { history, verdicts, status, traceHash, virtualMs, broke } = trial;
  const excluded = broke === undefined ? excludedFor(trial.generator) : { excluded: `it broke: ${messageOf(broke)}` };
  return {
    ...{ status, lastedMs: virtualMs, traceHash, verdicts, ...excluded },
    ...measured({ record: { lastedMs: virtualMs }, history }),
  };
}

function excludedFor({ healthy, because }: { readonly healthy: boolean; readonly because?: string }): {
  readonly excluded?: string;
} {
  return healthy ? {} : { excluded: because ?? "the load generator was not healthy" };
}

function progressLine({ world, number, status, excluded, tookMs }: WorldRun, runs: number): string {
  const state = excluded === undefined ? status : `not used: ${excluded}`;
  return `  run ${number} of ${runs}, ${world}: ${state}, after ${readableMs(tookMs)}`;
}
