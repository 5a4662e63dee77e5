import { requireNotNegative, requirePositive } from "../figures.ts";
import { wholePods } from "../formulas/required-pods.ts";
import { busQueues, sustainablePerSecond, type ShardedBus } from "./sharded-bus.ts";
import { waitPercentileMs } from "./station.ts";

/** A promise about the wait: `{ share: 0.99, waitMs: 250 }` is "p99 at most 250 ms", kept by every shard. */
export interface WaitPromise {
  readonly share: number;
  readonly waitMs: number;
}

/**
 * The largest load at which one bus keeps a promise on its hottest shard, in messages a second.
 *
 * @throws UsageError
 */
export function largestLoadPerSecond(bus: ShardedBus, { share, waitMs }: WaitPromise): number {
  requirePositive({ waitMs });
  let [kept, broken] = [0, sustainablePerSecond(bus)];
  for (let step = 0; step < 60; step++) {
    const middle = (kept + broken) / 2;
    const { hottest } = busQueues(bus, middle);
    if (hottest.stable && waitPercentileMs(hottest, share) <= waitMs) kept = middle;
    else broken = middle;
  }
  return kept;
}

/**
 * Pods for a peak when each of them may carry this much, with spare ones for those that may be away at the peak:
 * what remains has to carry it.
 *
 * @param away Pods that may be lost, or being replaced, at the peak: N−1 is 1.
 * @throws UsageError
 */
export function podsFor(peakPerSecond: number, loadPerPodPerSecond: number, away = 0): number {
  requirePositive({ peakPerSecond, loadPerPodPerSecond });
  requireNotNegative({ away });
  return wholePods(peakPerSecond / loadPerPodPerSecond) + away;
}
