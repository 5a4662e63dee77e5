import type { Arrivals } from "../../../loadgen/mod.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Candidate, Reduction } from "./reduction.ts";

/** Leaves loads out, then makes them shorter: half of the operations, at the same rate, or one less. */
export const fewerOperations: Reduction = function* (recipe): Generator<Candidate> {
  const names = Object.keys(recipe.loads);
  if (names.length > 1) {
    for (const name of names) yield { recipe: withoutLoad(recipe, name), change: `without the load ${name}` };
  }
  for (const [name, arrivals] of Object.entries(recipe.loads)) {
    for (const count of fewer(countOf(arrivals))) {
      const loads = { ...recipe.loads, [name]: withCount(arrivals, count) };
      yield { recipe: { ...recipe, loads }, change: `${count} operations of ${name} instead of ${countOf(arrivals)}` };
    }
  }
};

function withoutLoad(recipe: Recipe, name: string): Recipe {
  const { [name]: _, ...loads } = recipe.loads;
  return { ...recipe, loads };
}

function fewer(count: number): number[] {
  return [...new Set([1, Math.ceil(count / 4), Math.ceil(count / 2), count - 1])].filter((n) => n >= 1 && n < count);
}

/** Of a burst, those at each of its moments. */
function countOf(arrivals: Arrivals): number {
  return arrivals.shape === "burst" ? arrivals.countEach : arrivals.count;
}

function withCount(arrivals: Arrivals, count: number): Arrivals {
  return arrivals.shape === "burst" ? { ...arrivals, countEach: count } : { ...arrivals, count };
}
