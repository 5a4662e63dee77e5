import type { PlannedFaultData, Recipe } from "../../recipe/recipe.ts";

/** A recipe that is a little smaller than another. */
export interface Candidate {
  readonly recipe: Recipe;
  /** What was taken away: `without kill scheduler.leader`. */
  readonly change: string;
}

/** One way to make a recipe smaller: everything that can be tried on it, the boldest first. */
export type Reduction = (recipe: Recipe) => Iterable<Candidate>;

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
