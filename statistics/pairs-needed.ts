import { mean, standardDeviation } from "./moments.ts";
import { noiseFloor, type Noise } from "./noise.ts";
import { tWithin } from "./student-t.ts";

/** What is known when a comparison could not tell. */
export interface Undecided {
  /** One log-ratio a pair. */
  readonly values: readonly number[];
  /** Of A/A pairs; missing when it was not measured. */
  readonly noise?: Noise | undefined;
  readonly margin: number;
}

/** Nobody waits for more pairs than this. */
export const pairsAtMost = 500;

/**
 * How many pairs it would take to tell, if the pairs to come are like those seen: so many that the interval fits into
 * the margin, or leaves out zero while the effect is beyond the noise floor. Nothing when even {@link pairsAtMost}
 * would not do.
 */
export function pairsNeeded({ values, noise, margin }: Undecided): number | undefined {
  const effect = Math.abs(mean(values));
  const deviation = Math.max(noise?.perPair ?? 0, values.length < 2 ? 0 : standardDeviation(values));
  for (let pairs = values.length + 1; pairs <= pairsAtMost; pairs++) {
    const reach = (tWithin(0.95, pairs - 1) * deviation) / Math.sqrt(pairs);
    const floor = noise === undefined ? 0 : noiseFloor(noise, pairs);
    if (effect + reach < margin || effect > Math.max(reach, floor)) return pairs;
  }
  return undefined;
}
