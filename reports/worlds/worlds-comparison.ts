import type { RunRecord, ServersKind } from "../../core/mod.ts";
import type { Interval } from "../../statistics/mod.ts";
import type { Spread } from "../comparison/comparison.ts";
import type { FigureDefinition } from "./figure.ts";

/** The worlds that are compared. */
export type ComparedWorld = "sim" | "local";

/** The simulated and the local world side by side: what `worlds.json` holds. */
export interface WorldsComparison {
  readonly format: 1;
  readonly seatrial: string;
  /** Of the scenario or the suite. */
  readonly name: string;
  readonly seed: string;
  readonly tuning: string;
  /** Differences up to this share do not matter: 0.1 is 10 %. */
  readonly margin: number;
  /** Of each scenario in each world. */
  readonly runsWanted: number;
  /** What the simulated network and clocks were like, in words. */
  readonly conditions: string;
  /** What the local world's servers were. @defaultValue "real" */
  readonly servers?: ServersKind;
  readonly machine?: RunRecord["machine"];
  readonly scenarios: readonly ComparedScenario[];
  readonly startedAtUnixMs: number;
  readonly lastedMs: number;
  readonly interrupted: boolean;
  /** The command that does it again. */
  readonly reproduce: string;
}

/** One scenario in both worlds. */
export interface ComparedScenario {
  readonly scenario: string;
  /** What it tries. */
  readonly title: string;
  readonly runs: readonly WorldRunInShort[];
  readonly rows: readonly WorldRow[];
  readonly shapes: readonly StageShape[];
}

/** A run in either world, in short. */
export interface WorldRunInShort {
  readonly world: ComparedWorld;
  /** Counted from 1. The two runs of one number have their seed, and so their arrivals, in common. */
  readonly number: number;
  readonly seed: string;
  readonly status: RunRecord["status"] | "not run";
  /** How long one waited for it. */
  readonly tookMs: number;
  /** How long it lasted on its own clock. */
  readonly lastedMs?: number;
  /** Of a local run: its own folder, inside the comparison's. */
  readonly folder?: string;
  /** Of a simulated run. */
  readonly traceHash?: string;
  /** Why its figures are not used. */
  readonly excluded?: string;
  /** Checks that did not pass in it. */
  readonly failed: readonly string[];
}

/** What became of one figure. */
export type WorldVerdict =
  /** The difference is surely within the margin. */
  | "agree"
  /** It surely differs, in the direction that a known gap of the simulator makes it differ. */
  | "expected"
  /** It surely differs, and nothing excuses it. */
  | "differ"
  /** Runs of one world are as far apart as the worlds are. */
  | "unclear"
  /** Only one of the worlds can tell. */
  | "one world"
  /** Neither can: nothing was examined. */
  | "unknown";

/** One figure in both worlds. */
export interface WorldRow extends FigureDefinition {
  /** Missing when no run of that world could tell. */
  readonly sim: Spread | undefined;
  readonly local: Spread | undefined;
  /** Runs of one seed in which both could tell. */
  readonly pairs: number;
  /** Of the simulated median, as a share of the local one; missing where that is zero. */
  readonly error?: number;
  /** Mean log-ratio of sim to local over the pairs, with its 95 % interval. */
  readonly interval?: Interval;
  readonly verdict: WorldVerdict;
  /** Runs of each world that it would take to tell, if they are like those that were made. */
  readonly needed?: number;
  /** The verdict in words. */
  readonly because: string;
}

/** How long one stage of the jobs' way took in each world: the quantiles at {@link shapeShares}, all runs together. */
export interface StageShape {
  readonly id: string;
  readonly title: string;
  readonly sim: readonly number[];
  readonly local: readonly number[];
  readonly counts: Readonly<Record<ComparedWorld, number>>;
}

/** The shares of which a {@link StageShape} has the quantiles. */
export const shapeShares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;
