import { exitCodes, type ExitCode, SeatrialError } from "../../core/mod.ts";
import type { CalibratedScenario } from "../../reports/mod.ts";
import { smallestDetectable, noiseOf } from "../../statistics/mod.ts";
import { compareMeasures, fewestPairsCompared, hasRatio, pairLogRatios, pairsOf } from "../compare/compare-measures.ts";
import { quieter, type RunTrial } from "../compare/compare.ts";
import { measureRun, type MeasuredRun } from "../compare/measured-run.ts";
import { runPairs, usablePairs } from "../compare/run-pairs.ts";
import type { TrialContext } from "../run/trial.ts";
import { version } from "../version.ts";
import { fingerprint, type Baseline, type RecordedScenario } from "./baseline.ts";
import type { CandidatePlan } from "./gate-plan.ts";

/** A baseline that was recorded, and what it says about noise. */
export interface Recorded {
  readonly baseline: Baseline;
  readonly calibration: readonly CalibratedScenario[];
}

/**
 * Runs the candidate against itself, and keeps how it did and how far equal runs are apart.
 *
 * @throws SeatrialError `baseline_not_recorded`: exit code 1 when a check failed, 3 when too few runs could be used. A
 *   plane that breaks its promises is no baseline, nor is a machine that cannot be measured on.
 */
export async function recordBaseline(
  plan: CandidatePlan,
  context: TrialContext,
  runTrial: RunTrial,
): Promise<Recorded> {
  const scenarios: Record<string, RecordedScenario> = {};
  const calibration: CalibratedScenario[] = [];
  for (const [scenario, trial] of plan.trials) {
    const pairs = { pairs: plan.policy.calibration, again: 0, seed: plan.choices.seed };
    context.progress.step(`${scenario}: ${pairs.pairs} pairs of the same against itself`);
    const { runs, interrupted } = await runPairs(pairs, {
      ...context,
      nameOf: () => "baseline",
      runOne: async (scheduled) => {
        const outcome = await runTrial(
          { ...trial, seed: scheduled.seed },
          { ...context, progress: quieter(context.progress) },
        );
        return measureRun(scheduled, outcome);
      },
    });
    if (interrupted) throw notRecorded("it was interrupted", exitCodes.interrupted);
    assertSound(runs);
    scenarios[scenario] = recorded(runs);
    calibration.push(calibrated(scenario, runs, plan.policy.pairs));
  }
  const facts = { format: 1, seatrial: version, recordedAtUnixMs: Date.now(), machine: fingerprint() } as const;
  return { baseline: { ...facts, tuning: plan.tuning, scenarios }, calibration };
}

function assertSound(runs: readonly MeasuredRun[]): void {
  const failed = runs.flatMap(({ record }) => record?.verdicts.find(({ status }) => status === "fail") ?? [])[0];
  if (failed) throw notRecorded(`"${failed.check}" failed: ${failed.summary}`, exitCodes.failed);
  if (usablePairs(runs) >= fewestPairsCompared) return;
  const because = runs.flatMap(({ excluded }) => excluded ?? [])[0] ?? "";
  throw notRecorded(`too few runs can be used. ${because}`, exitCodes.inconclusive);
}

function notRecorded(because: string, exitCode: ExitCode): SeatrialError {
  const hint = "the old baseline, if there was one, is untouched";
  return new SeatrialError("baseline_not_recorded", `No baseline was recorded: ${because}`, { hint, exitCode });
}

function recorded(runs: readonly MeasuredRun[]): RecordedScenario {
  const rows = compareMeasures(runs, 0);
  const noise = rows.map((row) => [row.id, aaLogRatios(runs, row)] as const);
  return {
    measures: Object.fromEntries(rows.flatMap(({ id, a }) => (a === undefined ? [] : [[id, a] as const]))),
    noise: Object.fromEntries(noise.filter(([, values]) => values.length > 0)),
  };
}

function aaLogRatios(
  runs: readonly MeasuredRun[],
  measure: Parameters<typeof pairLogRatios>[1] & { id: string },
): number[] {
  const used = runs.filter(({ excluded }) => excluded === undefined);
  const values = pairLogRatios(pairsOf(used, measure.id, "b").filter(hasRatio(measure)), measure);
  return values.map((value) => Number(value.toFixed(6)));
}

function calibrated(scenario: string, runs: readonly MeasuredRun[], pairs: number): CalibratedScenario {
  const rows = compareMeasures(runs, 0).flatMap((row) => {
    const noise = noiseOf(aaLogRatios(runs, row));
    return noise === undefined ? [] : [{ row, detectable: smallestDetectable(noise, pairs) }];
  });
  return { scenario, pairs, rows };
}
