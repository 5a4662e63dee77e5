import type { PlannedFaultData } from "../../recipe/recipe.ts";
import { faultName, stretches, type Candidate, type Reduction } from "./reduction.ts";

/** Takes faults away: all of them, then some, down to single ones. */
export const fewerFaults: Reduction = function* (recipe): Generator<Candidate> {
  const { faults } = recipe;
  for (const { from, size } of stretches(faults.length)) {
    const left = faults.toSpliced(from, size);
    yield { recipe: { ...recipe, faults: left }, change: `without ${namesOf(faults.slice(from, from + size))}` };
  }
};

function namesOf(faults: readonly PlannedFaultData[]): string {
  return faults.map(faultName).join(" and ");
}
