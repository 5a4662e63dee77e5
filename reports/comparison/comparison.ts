import type { RunRecord } from "../../core/mod.ts";
import type { EffectVerdict, Interval } from "../../statistics/mod.ts";
import type { MeasureDefinition } from "../measures/measure.ts";

/** Two tunings compared: what `comparison.json` holds. */
export interface Comparison {
  readonly format: 1;
  readonly seatrial: string;
  readonly scenario: string;
  /** What the scenario tries. */
  readonly title: string;
  readonly seed: string;
  /** Times of the scenario, as a multiple of the documented ones: the same for both. */
  readonly pace: number;
  readonly a: ComparedTuning;
  readonly b: ComparedTuning;
  /** Differences up to this share do not matter: 0.05 is 5 %. */
  readonly margin: number;
  readonly startedAtUnixMs: number;
  readonly lastedMs: number;
  readonly machine?: RunRecord["machine"];
  /** What the servers of its runs were. @defaultValue "real" */
  readonly servers?: RunRecord["servers"];
  readonly runs: readonly ComparedRun[];
  readonly rows: readonly MeasureRow[];
  /** Pairs that both count, and how many were wanted. */
  readonly pairs: number;
  readonly pairsWanted: number;
  readonly interrupted: boolean;
  /** The command that does it again. */
  readonly reproduce: string;
}

/** One of the two. */
export interface ComparedTuning {
  readonly name: string;
  /** Environment variables that differ from the defaults. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A run of the comparison, in short. */
export interface ComparedRun {
  readonly pair: number;
  readonly side: "a" | "b" | "again";
  readonly seed: string;
  readonly status: RunRecord["status"] | "not run";
  /** The run's own folder, inside the comparison's. */
  readonly folder?: string;
  /** Why its figures are not used. */
  readonly excluded?: string;
  /** Why it could not be run at all. */
  readonly notRun?: string;
  /** Checks that failed in it, each with what it saw. */
  readonly failed: readonly { readonly check: string; readonly summary: string }[];
  /** Checks that could not be judged. */
  readonly unknown: readonly string[];
  readonly values: Readonly<Record<string, number>>;
}

/** One measure of both tunings. */
export interface MeasureRow extends MeasureDefinition {
  /** Missing when no run of that tuning could tell. */
  readonly a: Spread | undefined;
  readonly b: Spread | undefined;
  /** Pairs in which both could tell. */
  readonly pairs: number;
  /** Mean log-ratio of b to a over the pairs, with its 95 % interval. */
  readonly interval?: Interval;
  /** The log-ratio that A against A stays below, 19 times of 20; missing without A/A pairs. */
  readonly floor?: number;
  readonly noisePairs?: number;
  /** Of the sign-flip test; below 6 pairs it cannot fall below 0.05. */
  readonly probability?: number;
  readonly verdict: EffectVerdict | "not compared";
  /** Why it is not compared. */
  readonly because?: string;
  /** Pairs that it would take to tell; missing when hundreds would not do. */
  readonly needed?: number;
}

/** The values of the runs of one tuning. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly runs: number;
}
