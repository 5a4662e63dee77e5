import { mean, standardDeviation } from "./moments.ts";
import { tWithin } from "./student-t.ts";

/** What is known when a comparison could not tell. */
export interface Undecided {
  /** One log-ratio a pair. */
  readonly values: readonly number[];
  /** Typical log-ratio of one A/A pair; 0 when it was not measured. */
  readonly noisePerPair: number;
  readonly margin: number;
}

/** Nobody waits for more pairs than this. */
export const pairsAtMost = 500;

/**
 * How many pairs it would take to tell, if the pairs to come are like those seen: so many that the interval either
 * leaves out zero or fits into the margin. Nothing when even {@link pairsAtMost} would not do.
 */
export function pairsNeeded({ values, noisePerPair, margin }: Undecided): number | undefined {
  const effect = Math.abs(mean(values));
  const deviation = Math.max(noisePerPair, values.length < 2 ? 0 : standardDeviation(values));
  const mustBeBelow = Math.max(effect, margin - effect);
  for (let pairs = values.length + 1; pairs <= pairsAtMost; pairs++) {
    if ((tWithin(0.95, pairs - 1) * deviation) / Math.sqrt(pairs) < mustBeBelow) return pairs;
  }
  return undefined;
}
