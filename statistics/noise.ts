import { rootMeanSquare } from "./moments.ts";
import { tWithin } from "./student-t.ts";

/** How far apart two runs of the same thing are: what A against A came to. */
export interface Noise {
  /** Typical log-ratio of two equal runs. Their mean is known to be zero, so no degree of freedom is spent on it. */
  readonly perPair: number;
  /** A/A pairs that it was measured with. */
  readonly pairs: number;
}

/** The noise in the log-ratios of A/A pairs; nothing when there are none. */
export function noiseOf(logRatios: readonly number[]): Noise | undefined {
  return logRatios.length === 0 ? undefined : { perPair: rootMeanSquare(logRatios), pairs: logRatios.length };
}

/** The log-ratio that noise alone stays below, 19 times of 20, in the mean of this many pairs. */
export function noiseFloor({ perPair, pairs: known }: Noise, pairs: number): number {
  return (tWithin(0.95, known) * perPair) / Math.sqrt(pairs);
}

/** The smallest true log-ratio that this many pairs find beyond the noise floor 4 times of 5. */
export function smallestDetectable(noise: Noise, pairs: number): number {
  const power = (tWithin(0.6, noise.pairs) * noise.perPair) / Math.sqrt(pairs);
  return noiseFloor(noise, pairs) + power;
}
