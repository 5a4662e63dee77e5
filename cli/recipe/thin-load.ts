import { perSecond, type Rate } from "../../core/mod.ts";
import type { Arrivals, Load } from "../../loadgen/mod.ts";

/** No load is thinned out to fewer operations than this. */
const handful = 5;

/**
 * A simulated operation takes one or two milliseconds of a core, so that a seed with this many costs about a fifth of
 * a second.
 */
const operationsWanted = 120;

/**
 * Scales loads down, so that more seeds can be tried: fewer operations in the same time, and never fewer than five.
 *
 * Loads with a limit and bursts stay as they are: their rate is what they are about.
 *
 * @param factor - 1 changes nothing, 0.1 leaves every tenth operation
 */
export function thinLoads(loads: readonly Load[], factor: number): Load[] {
  return loads.map((load) => ({ ...load, arrivals: isThinnable(load) ? thin(load.arrivals, factor) : load.arrivals }));
}

/** The factor that leaves about 120 operations, where a run of a workflow counts as its steps. At most 1. */
export function usualLoadFactor(loads: readonly Load[]): number {
  const operations = loads.filter(isThinnable).reduce((sum, load) => sum + weightOf(load), 0);
  return operations <= operationsWanted ? 1 : Number((operationsWanted / operations).toPrecision(2));
}

function isThinnable({ arrivals, limitPerSecond }: Load): boolean {
  return arrivals.shape !== "burst" && limitPerSecond === undefined;
}

function weightOf({ arrivals, workflow }: Load): number {
  const count = arrivals.shape === "burst" ? 0 : arrivals.count;
  return count * (workflow?.facts.length ?? 1);
}

/** The rate falls with the number, so that the load takes as long as before. */
function thin(arrivals: Arrivals, factor: number): Arrivals {
  if (arrivals.shape === "burst") return arrivals;
  const count = Math.min(arrivals.count, Math.max(handful, Math.round(arrivals.count * factor)));
  const rate: Rate = `${Number(((perSecond(arrivals.rate) * count) / arrivals.count).toPrecision(6))}/s`;
  return { ...arrivals, count, rate };
}
