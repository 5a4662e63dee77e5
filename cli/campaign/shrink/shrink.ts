import type { Recipe } from "../../recipe/recipe.ts";
import type { SeedReport } from "../seed-report.ts";
import { earlierFaults } from "./earlier-faults.ts";
import { fewerFaults } from "./fewer-faults.ts";
import { fewerOperations } from "./fewer-operations.ts";
import { quieterConditions } from "./quieter-conditions.ts";
import type { Candidate, Reduction } from "./reduction.ts";
import { shorterWindows } from "./shorter-windows.ts";

/** What to try first: what a reader would most like to be rid of. */
const reductions: readonly Reduction[] = [
  fewerFaults,
  shorterWindows,
  earlierFaults,
  fewerOperations,
  quieterConditions,
];

/** How a failing run is made smaller. */
export interface ShrinkOptions {
  /** The check that must fail in every smaller run, too. */
  readonly check: string;
  /** At most so many runs. */
  readonly runsMax: number;
  readonly run: (recipe: Recipe) => Promise<SeedReport>;
  readonly signal: AbortSignal;
  readonly onRun?: (runs: number, smallest: Recipe) => void;
}

/** The smallest failing run that was found. */
export interface Shrunk {
  readonly report: SeedReport;
  readonly runs: number;
  /** Whether nothing smaller is left to be tried; otherwise the runs were used up, or somebody stopped it. */
  readonly isMinimal: boolean;
  /** What was taken away, in order. */
  readonly changes: readonly string[];
  /** Runs that differ from the smallest one in a single change, and pass. */
  readonly passing: readonly Candidate[];
}

/**
 * Makes a failing run smaller, step by step, for as long as the same check fails. The same recipe is shrunk in the
 * same way every time.
 */
export async function shrink(failing: SeedReport, options: ShrinkOptions): Promise<Shrunk> {
  const state: State = { smallest: failing, runs: 0, changes: [], passing: [], tried: new Set() };
  let isMinimal = false;
  while (!isMinimal && mayRun(state, options)) {
    const before = state.changes.length;
    for (const reduction of reductions) await exhaust(reduction, state, options);
    isMinimal = state.changes.length === before && mayRun(state, options);
  }
  const { smallest: report, runs, changes, passing } = state;
  return { report, runs, isMinimal, changes, passing };
}

interface State {
  smallest: SeedReport;
  runs: number;
  readonly changes: string[];
  passing: Candidate[];
  /** Recipes that were run, as JSON. */
  readonly tried: Set<string>;
}

function mayRun({ runs }: State, { runsMax, signal }: ShrinkOptions): boolean {
  return runs < runsMax && !signal.aborted;
}

/** Tries one way until it leads no further: from the beginning again after each success. */
async function exhaust(reduction: Reduction, state: State, options: ShrinkOptions): Promise<void> {
  let found = true;
  while (found) found = await improve(reduction, state, options);
}

async function improve(reduction: Reduction, state: State, options: ShrinkOptions): Promise<boolean> {
  for (const candidate of reduction(state.smallest.recipe)) {
    if (!mayRun(state, options)) return false;
    if (isTried(candidate, state)) continue;
    const report = await options.run(candidate.recipe);
    state.runs += 1;
    const isSmaller = failsAs(report, options.check);
    if (isSmaller) accept(candidate, report, state);
    else if (report.outcome === "passed") state.passing.push(candidate);
    options.onRun?.(state.runs, state.smallest.recipe);
    if (isSmaller) return true;
  }
  return false;
}

function isTried({ recipe }: Candidate, { tried }: State): boolean {
  const text = JSON.stringify(recipe);
  if (tried.has(text)) return true;
  tried.add(text);
  return false;
}

function failsAs({ outcome, red }: SeedReport, check: string): boolean {
  return outcome === "failed" && red.some((verdict) => verdict.check === check);
}

function accept({ change }: Candidate, report: SeedReport, state: State): void {
  state.smallest = report;
  state.changes.push(change);
  state.passing = [];
}
