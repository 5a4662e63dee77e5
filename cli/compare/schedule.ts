/** Which of the two tunings a run is of; `again` is the first once more, under the seed of its pair. */
export type Side = "a" | "b" | "again";

/** One run of a comparison. */
export interface ScheduledRun {
  /** Counted from 1. Runs of one pair have their seed, and so their arrivals, in common. */
  readonly pair: number;
  readonly side: Side;
  readonly seed: string;
}

/** How many pairs of what. */
export interface Pairs {
  readonly pairs: number;
  /** Pairs with another run of the first tuning, for A against A; spread over the whole. */
  readonly again: number;
  readonly seed: string;
  /** Number of the first pair. @defaultValue 1 */
  readonly from?: number;
}

/**
 * The runs in an order that a slow drift of the machine does not favour: a b, b a, a b, … so that over two pairs each
 * tuning comes as early as the other.
 */
export function interleave({ pairs, again, seed, from = 1 }: Pairs): ScheduledRun[] {
  return Array.from({ length: pairs }, (_, index) => {
    const pair = from + index;
    const sides: Side[] = pair % 2 === 1 ? ["a", "b"] : ["b", "a"];
    if (isAmong(index, again, pairs)) sides.push("again");
    return sides.map((side) => ({ pair, side, seed: `${seed}-${pair}` }));
  }).flat();
}

/** Whether a pair is one of so many, spread evenly. */
function isAmong(index: number, chosen: number, all: number): boolean {
  return Math.floor(((index + 1) * chosen) / all) > Math.floor((index * chosen) / all);
}
