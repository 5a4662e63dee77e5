import type { Random } from "../../core/mod.ts";
import type { Station } from "./station.ts";

/** What a simulation saw. */
export interface SimulatedWaits {
  readonly meanMs: number;
  readonly p99Ms: number;
  readonly waitingShare: number;
}

/**
 * Sends customers through a station, one by one: each takes the server that is free first. Arrivals are Poisson; the
 * first tenth, before the queue has settled, is left out.
 *
 * @param drawServiceMs Defaults to exponential times.
 */
export function simulateStation(
  { servers, arrivalsPerSecond, meanServiceMs }: Station,
  arrivals: number,
  random: Random,
  drawServiceMs: () => number = () => random.exponential(meanServiceMs),
): SimulatedWaits {
  const freeAt = new Float64Array(servers);
  const waits = new Float64Array(arrivals);
  let now = 0;
  for (let index = 0; index < arrivals; index++) {
    now += random.exponential(1_000 / arrivalsPerSecond);
    const next = earliest(freeAt);
    const begins = Math.max(now, freeAt[next] ?? 0);
    freeAt[next] = begins + drawServiceMs();
    waits[index] = begins - now;
  }
  return summary(waits.subarray(Math.floor(arrivals / 10)));
}

function earliest(freeAt: Float64Array): number {
  let first = 0;
  for (let index = 1; index < freeAt.length; index++) if ((freeAt[index] ?? 0) < (freeAt[first] ?? 0)) first = index;
  return first;
}

function summary(waits: Float64Array): SimulatedWaits {
  const sorted = waits.toSorted();
  return {
    meanMs: waits.reduce((sum, wait) => sum + wait, 0) / waits.length,
    p99Ms: sorted[Math.ceil(0.99 * sorted.length) - 1] ?? 0,
    waitingShare: waits.filter((wait) => wait > 0).length / waits.length,
  };
}
