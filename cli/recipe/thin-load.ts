import { perSecond, type Rate } from "../../core/mod.ts";
import type { Arrivals, Load } from "../../loadgen/mod.ts";
import type { Scenario } from "../../scenarios/mod.ts";

/** No load is thinned out to fewer operations than this. */
const handful = 5;

/**
 * A simulated operation takes one or two milliseconds of a core, so that a seed with this many costs about a fifth of
 * a second.
 */
const operationsWanted = 120;

/** A load with a limit is about its rate; it needs a few seconds to show whether the limit holds. */
const shortestLimitedS = 3;

/** What is thinned out: the loads of a scenario, and whether they must last until its faults strike. */
export type Thinnable = Pick<Scenario, "load" | "faults">;

/**
 * Scales loads down, so that more seeds can be tried: fewer operations, and never fewer than five.
 *
 * Spread over minutes, a hundred operations would meet no fault; so where faults strike by the clock, all that is left
 * of a steady load comes around their moments. Otherwise there are fewer operations in the same time.
 *
 * A load with a limit keeps its rate, and is made shorter instead, down to three seconds; where there are faults it
 * stays as it is, and so does every burst.
 *
 * @param factor - 1 changes nothing, 0.1 leaves every tenth operation
 */
export function thinLoads({ load: loads, faults }: Thinnable, factor: number): Load[] {
  return loads.map((load) => {
    if (isThinnable(load)) return { ...load, arrivals: thinned(load, faults, factor) };
    return isShortenable(load, faults) ? { ...load, arrivals: shorten(load.arrivals, factor) } : load;
  });
}

/** The factor that leaves about 120 operations, where a run of a workflow counts as its steps. At most 1. */
export function usualLoadFactor({ load: loads, faults }: Thinnable): number {
  const scalable = loads.filter((load) => isThinnable(load) || isShortenable(load, faults));
  const operations = scalable.reduce((sum, load) => sum + weightOf(load), 0);
  return operations <= operationsWanted ? 1 : Number((operationsWanted / operations).toPrecision(2));
}

function isThinnable({ arrivals, limitPerSecond }: Load): boolean {
  return arrivals.shape !== "burst" && limitPerSecond === undefined;
}

function isShortenable({ arrivals, limitPerSecond }: Load, faults: Scenario["faults"]): boolean {
  return arrivals.shape !== "burst" && limitPerSecond !== undefined && faults.length === 0;
}

function weightOf({ arrivals, workflow }: Load): number {
  const count = arrivals.shape === "burst" ? 0 : arrivals.count;
  return count * (workflow?.facts.length ?? 1);
}

function thinned({ arrivals, workflow }: Load, faults: Scenario["faults"], factor: number): Arrivals {
  const scaled = thin(arrivals, factor);
  const strikeByClock = faults.length > 0 && faults.every(({ fault }) => fault.needsTraps !== true);
  if (factor >= 1 || !strikeByClock || workflow || scaled.shape === "burst") return scaled;
  return around(
    faults.map(({ atMs }) => atMs),
    scaled.count,
  );
}

/** A burst counts from the next boundary between two seconds, up to one second away: so it begins as much earlier. */
const earlierMs = 1_200;
const laterMs = 200;

/**
 * So many operations in all, evenly from a little before each of these moments until a little after it; and one at the
 * beginning, since a burst begins as soon as its first operation can.
 */
function around(momentsMs: readonly number[], count: number): Arrivals {
  const each = Math.max(1, Math.round(count / momentsMs.length));
  const gapMs = (earlierMs + laterMs) / each;
  const offsetsMs = momentsMs.flatMap((moment) =>
    Array.from({ length: each }, (_, index) => Math.max(0, Math.round(moment - earlierMs + index * gapMs))),
  );
  return { shape: "burst", offsetsMs: [0, ...offsetsMs], countEach: 1 };
}

/** The rate falls with the number, so that the load takes as long as before. */
function thin(arrivals: Arrivals, factor: number): Arrivals {
  if (arrivals.shape === "burst") return arrivals;
  const count = Math.min(arrivals.count, Math.max(handful, Math.round(arrivals.count * factor)));
  const rate: Rate = `${Number(((perSecond(arrivals.rate) * count) / arrivals.count).toPrecision(6))}/s`;
  return { ...arrivals, count, rate };
}

/** The time falls with the number, so that the rate is what it was. */
function shorten(arrivals: Arrivals, factor: number): Arrivals {
  if (arrivals.shape === "burst") return arrivals;
  const least = Math.ceil(perSecond(arrivals.rate) * shortestLimitedS);
  return { ...arrivals, count: Math.min(arrivals.count, Math.max(least, Math.round(arrivals.count * factor))) };
}
