import type { RunRecord, Verdict } from "../../core/mod.ts";
import {
  stagesOf,
  worldFigures,
  type ComparedWorld,
  type MeasurableRun,
  type Stage,
  type WorldFigure,
} from "../../reports/mod.ts";

/** A run in either world that is over, however it ended. */
export interface WorldRun {
  readonly world: ComparedWorld;
  /** Counted from 1. The two runs of one number have their seed, and so their arrivals, in common. */
  readonly number: number;
  readonly seed: string;
  readonly status: RunRecord["status"] | "not run";
  /** How long one waited for it. */
  readonly tookMs: number;
  readonly lastedMs?: number;
  readonly folder?: string;
  readonly traceHash?: string;
  readonly machine?: RunRecord["machine"];
  /** Why its figures are not used. */
  readonly excluded?: string;
  readonly verdicts: readonly Verdict[];
  readonly figures: readonly WorldFigure[];
  readonly stages: readonly Stage[];
}

/** What a run's record amounts to in figures. */
export function measured(run: MeasurableRun): Pick<WorldRun, "figures" | "stages"> {
  return { figures: worldFigures(run), stages: stagesOf(run.history) };
}
