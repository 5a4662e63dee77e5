import type { PlannedFaultData } from "../../recipe/recipe.ts";
import { faultName, type Candidate, type Reduction } from "./reduction.ts";

/**
 * Takes faults away: all of them, then halves, quarters and so on down to single ones. Tried again from the beginning
 * after each success, this is delta debugging (Zeller and Hildebrandt, 2002).
 */
export const fewerFaults: Reduction = function* (recipe): Generator<Candidate> {
  const { faults } = recipe;
  for (let size = faults.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < faults.length; from += size) {
      const left = faults.toSpliced(from, size);
      yield { recipe: { ...recipe, faults: left }, change: `without ${namesOf(faults.slice(from, from + size))}` };
    }
  }
};

function namesOf(faults: readonly PlannedFaultData[]): string {
  return faults.map(faultName).join(" and ");
}
