import type { Interval } from "./bootstrap.ts";

/** What a comparison of one measure came to. */
export type EffectVerdict = "better" | "worse" | "equivalent" | "inconclusive";

/** What an effect is judged by. All sizes are log-ratios of b to a. */
export interface EffectEvidence {
  readonly interval: Interval;
  /** What noise alone may come to; 0 when it was not measured. */
  readonly floor: number;
  /** Differences up to this size do not matter. */
  readonly margin: number;
  readonly better: "lower" | "higher";
}

/**
 * Equivalent: the whole interval lies within the margin, which is the test of two one-sided hypotheses (Schuirmann
 * 1987) read off an interval; a difference that is sure, and does not matter, is none. Better or worse: the interval
 * leaves out zero, and the effect is larger than the noise. Otherwise more pairs are needed to tell.
 */
export function judgeEffect({ interval, floor, margin, better }: EffectEvidence): EffectVerdict {
  const { estimate, lower, upper } = interval;
  if (largest(interval) <= margin) return "equivalent";
  const isSure = lower > 0 || upper < 0;
  if (isSure && Math.abs(estimate) > floor) return estimate < 0 === (better === "lower") ? "better" : "worse";
  return "inconclusive";
}

/** The smallest margin within which the interval lies. */
export function largest({ lower, upper }: Interval): number {
  return Math.max(Math.abs(lower), Math.abs(upper));
}
