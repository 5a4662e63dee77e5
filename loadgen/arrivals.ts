import { perSecond, type Random } from "../core/mod.ts";
import type { Arrivals } from "./load.ts";

/** What a load's arrival times depend on besides its shape. */
export interface ArrivalSource {
  /** The load's own stream of chance. */
  readonly random: Random;
  /** Wall clock at the beginning of the load. */
  readonly unixMs: number;
}

/** When each operation of a load is due, and when the load is over: ms from its beginning. */
export interface ArrivalTimes {
  /** In order of time. */
  readonly dueMs: Float64Array;
  readonly lastingMs: number;
}

/**
 * The arrival times of a load. The plane has no say in them: that is what makes a load open-loop.
 *
 * @throws UsageError when the rate is no rate.
 */
export function arrivalTimes(arrivals: Arrivals, source: ArrivalSource): ArrivalTimes {
  switch (arrivals.shape) {
    case "uniform":
      return uniformTimes(1_000 / perSecond(arrivals.rate), arrivals.count);
    case "poisson":
      return poissonTimes(1_000 / perSecond(arrivals.rate), arrivals.count, source.random);
    case "burst":
      return burstTimes(arrivals.offsetsMs, arrivals.countEach, source.unixMs);
  }
}

function uniformTimes(gapMs: number, count: number): ArrivalTimes {
  return { dueMs: Float64Array.from({ length: count }, (_, index) => index * gapMs), lastingMs: count * gapMs };
}

function poissonTimes(meanGapMs: number, count: number, random: Random): ArrivalTimes {
  let dueMs = 0;
  const times = Float64Array.from({ length: count }, () => (dueMs += random.exponential(meanGapMs)));
  return { dueMs: times, lastingMs: dueMs };
}

/** Takes the first boundary that leaves every offset, also a negative one, in the future. */
function burstTimes(offsetsMs: readonly number[], countEach: number, unixMs: number): ArrivalTimes {
  const inOrder = offsetsMs.toSorted((a, b) => a - b);
  const earliestUnixMs = unixMs - (inOrder[0] ?? 0);
  const boundaryMs = Math.ceil(earliestUnixMs / 1_000) * 1_000 - unixMs;
  const dueMs = Float64Array.from(inOrder.flatMap((offset) => Array<number>(countEach).fill(boundaryMs + offset)));
  return { dueMs, lastingMs: dueMs.at(-1) ?? 0 };
}
