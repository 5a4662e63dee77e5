import { percentileInterval, type BootstrapOptions, type Interval } from "./bootstrap.ts";
import { mean, standardDeviation } from "./moments.ts";
import { tWithin } from "./student-t.ts";

/**
 * An interval for the mean of a few independent values, one a run or a pair of runs.
 *
 * It is the bootstrap's over runs, and never narrower than Student's t. With few values the bootstrap alone is too sure
 * of itself (Hesterberg, "What Teachers Should Know about the Bootstrap", 2015): of four values, its 95 % interval
 * holds the mean about four times of five. Student's t alone misses what skewed values do. One value has no end on
 * either side.
 */
export function meanInterval(values: readonly number[], options: BootstrapOptions): Interval {
  const resampled = percentileInterval(values, mean, options);
  const reach = values.length < 2 ? Infinity : studentReach(values, options.level ?? 0.95);
  return {
    estimate: resampled.estimate,
    lower: Math.min(resampled.lower, resampled.estimate - reach),
    upper: Math.max(resampled.upper, resampled.estimate + reach),
  };
}

function studentReach(values: readonly number[], level: number): number {
  return (tWithin(level, values.length - 1) * standardDeviation(values)) / Math.sqrt(values.length);
}
