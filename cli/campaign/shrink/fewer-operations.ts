import type { Arrivals } from "../../../loadgen/mod.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { stretches, type Candidate, type Reduction } from "./reduction.ts";

/**
 * Leaves loads out, then makes them shorter: half of the operations, at the same rate, or one less. A burst loses
 * some of its moments, then operations at each.
 */
export const fewerOperations: Reduction = function* (recipe): Generator<Candidate> {
  const names = Object.keys(recipe.loads);
  if (names.length > 1) {
    for (const name of names) yield { recipe: withoutLoad(recipe, name), change: `without the load ${name}` };
  }
  for (const [name, arrivals] of Object.entries(recipe.loads)) {
    for (const shorter of fewerMoments(arrivals)) {
      const change = `${shorter.offsetsMs.length} moments of ${name} instead of ${momentsOf(arrivals)}`;
      yield { recipe: { ...recipe, loads: { ...recipe.loads, [name]: shorter } }, change };
    }
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

type Burst = Extract<Arrivals, { shape: "burst" }>;

/** One moment must stay: a load without any is left out as a whole. */
function* fewerMoments(arrivals: Arrivals): Generator<Burst> {
  if (arrivals.shape !== "burst") return;
  const { offsetsMs } = arrivals;
  for (const { from, size } of stretches(offsetsMs.length)) {
    if (size < offsetsMs.length) yield { ...arrivals, offsetsMs: offsetsMs.toSpliced(from, size) };
  }
}

function momentsOf(arrivals: Arrivals): number {
  return arrivals.shape === "burst" ? arrivals.offsetsMs.length : 1;
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
