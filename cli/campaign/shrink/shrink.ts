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
  /** Runs that pass, and differ in a single change from the smallest one, or from one that was so steps before. */
  readonly passing: readonly Candidate[];
  /** How many steps before: 0, when some that are next to the smallest one itself are known to pass. */
  readonly stepsBack: number;
}

/**
 * Makes a failing run smaller, step by step, for as long as the same check fails. The same recipe is shrunk in the
 * same way every time.
 */
export async function shrink(failing: SeedReport, options: ShrinkOptions): Promise<Shrunk> {
  const state: State = {
    smallest: failing,
    runs: 0,
    changes: [],
    passing: [],
    passingBefore: [],
    stepsBack: 0,
    tried: new Set(),
  };
  let isMinimal = false;
  while (!isMinimal && mayRun(state, options)) {
    const before = state.changes.length;
    for (const reduction of reductions) await exhaust(reduction, state, options);
    isMinimal = state.changes.length === before && mayRun(state, options);
  }
  const { smallest: report, runs, changes } = state;
  return { report, runs, isMinimal, changes, ...nextTo(state) };
}

interface State {
  smallest: SeedReport;
  runs: number;
  readonly changes: string[];
  /** Those next to the smallest one. */
  passing: Candidate[];
  /** Those next to one that was the smallest so many steps before. */
  passingBefore: readonly Candidate[];
  stepsBack: number;
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
  if (state.passing.length > 0) {
    state.passingBefore = state.passing;
    state.stepsBack = 0;
  }
  state.stepsBack += 1;
  state.passing = [];
}

/** The passing runs next to the smallest one; when none is known, those from before. */
function nextTo({ passing, passingBefore, stepsBack }: State): Pick<Shrunk, "passing" | "stepsBack"> {
  if (passing.length > 0 || passingBefore.length === 0) return { passing, stepsBack: 0 };
  return { passing: passingBefore, stepsBack };
}
