import type { Buckets } from "./buckets.ts";
import type { Journey } from "./journeys.ts";

/** A time in which accepted work waited and nothing took effect. */
export interface Silence {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Every time between two effects, or between an acknowledgement that found nothing waiting and the next effect.
 *
 * Only jobs that took effect count: one that is lost waits for ever, and is for the checks to judge.
 */
export function silences(travelled: readonly Journey[]): Silence[] {
  const found: Silence[] = [];
  let waiting = 0;
  let quietSince = 0;
  for (const step of steps(travelled)) {
    if (step.change === 1 && waiting === 0) quietSince = step.at;
    if (step.change === -1) {
      found.push({ fromMs: quietSince, toMs: step.at });
      quietSince = step.at;
    }
    waiting += step.change;
  }
  return found;
}

/** How many jobs had been acknowledged and had not taken effect at the end of each bucket. */
export function waitingByBucket(buckets: Buckets, travelled: readonly Journey[]): number[] {
  const pending = steps(travelled);
  let next = 0;
  let waiting = 0;
  return buckets.atMs.map((from) => {
    for (let step = pending[next]; step && step.at < from + buckets.widthMs; step = pending[++next]) {
      waiting += step.change;
    }
    return waiting;
  });
}

interface Step {
  readonly at: number;
  readonly change: 1 | -1;
}

/** Arrivals before departures of the same moment, so that the number waiting never falls below zero. */
function steps(travelled: readonly Journey[]): Step[] {
  return travelled
    .flatMap(({ acknowledgedAt, effectAt }): Step[] =>
      effectAt === undefined
        ? []
        : [
            { at: Math.min(acknowledgedAt, effectAt), change: 1 },
            { at: effectAt, change: -1 },
          ],
    )
    .toSorted((a, b) => a.at - b.at || b.change - a.change);
}
