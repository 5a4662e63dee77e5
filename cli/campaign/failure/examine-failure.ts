import { join } from "node:path";

import type { Verdict } from "../../../core/mod.ts";
import type { CampaignFailure, ExaminedFailure, ShrunkRun } from "../../../reports/mod.ts";
import { describeRecipe } from "../../recipe/describe-recipe.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { SimulatedTrial } from "../../simulate/simulated-trial.ts";
import type { Pool } from "../pool/pool.ts";
import { brokenReport, simulateRecipe, type SeedReport, type Simulate } from "../seed-report.ts";
import { shrink, type Shrunk } from "../shrink/shrink.ts";
import { leaveReplay } from "./leave-replay.ts";
import { nearestPassing } from "./nearest-passing.ts";
import { stepsBefore } from "./steps-before.ts";

/** What examining a failure takes. */
export interface ExamineTools {
  /** Runs the many smaller recipes. */
  readonly pool: Pool;
  /** Runs the few whose whole trace is wanted, in this process. */
  readonly simulate: Simulate;
  /** At most so many runs to make it smaller. */
  readonly shrinkRuns: number;
  readonly signal: AbortSignal;
  /** Told how far the shrinking is. */
  readonly live: (line: string) => void;
}

/** What is known of a failed seed without a closer look. */
export function failureOf({ recipe, red, traceHash }: SeedReport): CampaignFailure {
  return { scenario: recipe.scenario, seed: recipe.seed, red, traceHash };
}

/**
 * Runs a failed seed again, leaves its run in a folder, makes it smaller, and looks for where it parts from the nearest
 * run that passes. The smallest run lies in `shrunk/`.
 */
export async function examineFailure(
  report: SeedReport,
  folder: string,
  tools: ExamineTools,
): Promise<ExaminedFailure> {
  const check = report.red[0]?.check ?? "";
  const { isSame, ...found } = await runAgain(report, check, folder, tools);
  const shrunk = await shrinkFailure(report, check, tools);
  const whole = await simulateRecipe(shrunk.report.recipe, tools.simulate, { all: true }, tools.signal);
  const divergence = await nearestPassing(whole, shrunk, ({ recipe }) =>
    tools.signal.aborted
      ? Promise.resolve(undefined)
      : simulateRecipe(recipe, tools.simulate, { all: true }, tools.signal),
  );
  return {
    ...found,
    deterministic: isSame && whole.traceHash === shrunk.report.traceHash,
    shrunk: shrunkRun(shrunk, whole, check, join(folder, "shrunk")),
    ...(divergence === undefined ? {} : { divergence }),
  };
}

/** Its whole trace is large, and is let go of here. */
async function runAgain({ recipe, traceHash }: SeedReport, check: string, folder: string, tools: ExamineTools) {
  const trial = await simulateRecipe(recipe, tools.simulate, { all: true }, tools.signal);
  const isSame = trial.traceHash === traceHash;
  return { ...leaveReplay(trial, recipe, folder), isSame, lastEvents: stepsBefore(trial, check) };
}

function shrinkFailure(report: SeedReport, check: string, tools: ExamineTools): Promise<Shrunk> {
  const { pool, shrinkRuns: runsMax, signal, live } = tools;
  const run = async (recipe: Recipe): Promise<SeedReport> =>
    (await pool.run(recipe)) ?? brokenReport(recipe, "interrupted");
  const onRun = (runs: number, { faults }: Recipe): void =>
    live(`seed ${report.recipe.seed}: shrinking, ${runs} of at most ${runsMax} runs, ${faults.length} faults left`);
  return shrink(report, { check, runsMax, run, signal, onRun });
}

function shrunkRun(shrunk: Shrunk, trial: SimulatedTrial, check: string, folder: string): ShrunkRun {
  const { recipe } = shrunk.report;
  const red = trial.verdicts.find((verdict) => verdict.check === check);
  return {
    ...leaveReplay(trial, recipe, folder),
    red: red ?? missingVerdict(check),
    recipe: describeRecipe(recipe),
    changes: shrunk.changes,
    runs: shrunk.runs,
    minimal: shrunk.isMinimal,
    lastEvents: stepsBefore(trial, check),
  };
}

/** Only a run that is not deterministic loses its red check. */
function missingVerdict(check: string): Verdict {
  const nothing = { examined: 0, violations: 0, counterexamples: [], measurements: [] };
  return { check, status: "unknown", summary: "It did not fail when the run was done again.", ...nothing };
}
