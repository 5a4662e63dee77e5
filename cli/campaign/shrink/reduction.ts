import type { PlannedFaultData, Recipe } from "../../recipe/recipe.ts";

/** A recipe that is a little smaller than another. */
export interface Candidate {
  readonly recipe: Recipe;
  /** What was taken away: `without kill scheduler.leader`. */
  readonly change: string;
}

/** One way to make a recipe smaller: everything that can be tried on it, the boldest first. */
export type Reduction = (recipe: Recipe) => Iterable<Candidate>;

/**
 * Stretches of a list to take away: the whole, then halves, quarters and so on down to single items. Tried again from
 * the beginning after each success, this is delta debugging (Zeller and Hildebrandt, 2002).
 */
export function* stretches(length: number): Generator<{ readonly from: number; readonly size: number }> {
  for (let size = length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < length; from += size) yield { from, size };
  }
}

/** A fault as people read it: `kill scheduler.leader`, `cut scheduler-1 redis`, `crashAt worker-1 jobs.claim`. */
export function faultName({ fault }: PlannedFaultData): string {
  const { action, selector, to, call } = fault;
  return [action, selector, to, call].filter(Boolean).join(" ");
}

/** A number of milliseconds with two digits, so that a plan can be read. */
export function twoDigits(milliseconds: number): number {
  return milliseconds < 10 ? Math.round(milliseconds) : Number(milliseconds.toPrecision(2));
}

/** The recipe with one of its faults changed. */
export function withFault(recipe: Recipe, index: number, fault: PlannedFaultData): Recipe {
  return { ...recipe, faults: recipe.faults.with(index, fault) };
}
