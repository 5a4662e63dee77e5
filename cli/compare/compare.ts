import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { exitCodes, type ExitCode } from "../../core/mod.ts";
import {
  renderComparisonHtml,
  renderComparisonMarkdown,
  renderComparisonTerminal,
  type ComparedRun,
  type Comparison,
} from "../../reports/mod.ts";
import type { Progress } from "../progress.ts";
import type { Outcome, TrialOutcome } from "../run/outcome.ts";
import type { TrialPlan } from "../run/plan.ts";
import { makeRunFolder } from "../run/run-folder.ts";
import type { TrialContext } from "../run/trial.ts";
import { version } from "../version.ts";
import { compareMeasures, fewestPairsCompared } from "./compare-measures.ts";
import { trialOf, type ComparePlan } from "./compare-plan.ts";
import { measureRun, type MeasuredRun } from "./measured-run.ts";
import { runPairs, usablePairs, type PairedRuns } from "./run-pairs.ts";
import type { ScheduledRun } from "./schedule.ts";

/** How a trial is run: `runTrial`, but for tests. */
export type RunTrial = (plan: TrialPlan, context: TrialContext) => Promise<Pick<TrialOutcome, "record" | "folder">>;

/**
 * Runs both tunings, interleaved, and says how they differ. Its reports are in a folder of their own, above its runs.
 */
export async function compare(plan: ComparePlan, context: TrialContext, runTrial: RunTrial): Promise<Outcome> {
  const startedAtUnixMs = Date.now();
  const folder = makeRunFolder(context.out, `compare-${plan.scenario}`, new Date(startedAtUnixMs));
  const { progress, signal } = context;
  progress.step(`${plan.names.a} against ${plan.names.b}: ${plan.a.scenario.title}`);
  const made = await runPairs(plan.pairs, {
    progress,
    signal,
    nameOf: ({ side }) => nameOf(plan, side),
    runOne: async (scheduled) => {
      const trialContext = { out: folder, signal, progress: quieter(progress) };
      return measureRun(scheduled, await runTrial(trialOf(plan, scheduled), trialContext));
    },
  });
  const comparison = { ...comparisonOf(plan, made), startedAtUnixMs, lastedMs: Date.now() - startedAtUnixMs };
  return outcomeOf(comparison, folder);
}

/** A trial announces itself; here it is one of many. */
export function quieter(progress: Progress): Progress {
  return { ...progress, step: () => {} };
}

function nameOf({ names }: ComparePlan, side: ScheduledRun["side"]): string {
  if (side === "again") return `${names.a} again`;
  return names[side];
}

function comparisonOf(
  plan: ComparePlan,
  { runs, interrupted }: PairedRuns,
): Omit<Comparison, "startedAtUnixMs" | "lastedMs"> {
  const machine = runs.find(({ record }) => record !== undefined)?.record?.machine;
  const { scenario, pace, margin, reproduce } = plan;
  return {
    format: 1,
    seatrial: version,
    scenario,
    title: plan.a.scenario.title,
    seed: plan.pairs.seed,
    pace,
    a: { name: plan.names.a, variables: { ...plan.a.tuning, ...plan.a.scenario.variables } },
    b: { name: plan.names.b, variables: { ...plan.b.tuning, ...plan.b.scenario.variables } },
    margin,
    ...(machine === undefined ? {} : { machine }),
    ...(plan.a.servers === undefined ? {} : { servers: plan.a.servers }),
    runs: runs.map(inShort),
    rows: compareMeasures(runs, Math.log1p(margin)),
    pairs: usablePairs(runs),
    pairsWanted: plan.pairs.pairs,
    interrupted,
    reproduce,
  };
}

/** What a report keeps of a run. */
export function inShort({ pair, side, seed, record, folder, excluded, notRun, measures }: MeasuredRun): ComparedRun {
  const verdicts = record?.verdicts ?? [];
  return {
    pair,
    side,
    seed,
    status: record?.status ?? "not run",
    ...(folder === undefined ? {} : { folder: basename(folder) }),
    ...(excluded === undefined ? {} : { excluded }),
    ...(notRun === undefined ? {} : { notRun: notRun.because }),
    failed: verdicts.filter(({ status }) => status === "fail").map(({ check, summary }) => ({ check, summary })),
    unknown: verdicts.filter(({ status }) => status === "unknown").map(({ check }) => check),
    values: Object.fromEntries(measures.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]]))),
  };
}

function outcomeOf(comparison: Comparison, folder: string): Outcome {
  const reportPath = join(folder, "report.html");
  writeFileSync(join(folder, "comparison.json"), `${JSON.stringify(comparison, null, 2)}\n`);
  writeFileSync(reportPath, renderComparisonHtml(comparison));
  writeFileSync(join(folder, "summary.md"), renderComparisonMarkdown(comparison));
  return {
    exitCode: exitCodeOf(comparison),
    terminal: (options) => renderComparisonTerminal(comparison, { ...options, reportPath }),
    json: () => JSON.stringify(comparison),
  };
}

/** A failed check outweighs everything; which tuning is better decides nothing, as long as anything can be said. */
function exitCodeOf({ runs, pairs, rows, interrupted }: Comparison): ExitCode {
  if (interrupted) return exitCodes.interrupted;
  if (runs.some(({ failed }) => failed.length > 0)) return exitCodes.failed;
  const unexamined = runs.some(({ unknown, excluded }) => excluded === undefined && unknown.length > 0);
  const isTold = rows.some(({ verdict }) => verdict !== "inconclusive" && verdict !== "not compared");
  const isMissing = runs.some(({ notRun }) => notRun !== undefined);
  return pairs < fewestPairsCompared || unexamined || isMissing || !isTold ? exitCodes.inconclusive : exitCodes.passed;
}
