import { inMs, type Cell, count } from "../cell.ts";

/** How a set of durations is spread. A percentile is missing when there are too few samples for it. */
export interface Distribution {
  readonly count: number;
  readonly p50Ms: number | undefined;
  readonly p90Ms: number | undefined;
  readonly p99Ms: number | undefined;
  readonly maxMs: number | undefined;
}

/** The exact distribution, by sorting. */
export function distribution(durationsMs: Iterable<number>): Distribution {
  const sorted = Float64Array.from(durationsMs).toSorted();
  return {
    count: sorted.length,
    p50Ms: percentile(sorted, 50),
    p90Ms: percentile(sorted, 90),
    p99Ms: percentile(sorted, 99),
    maxMs: sorted.at(-1),
  };
}

/**
 * The smallest sample that at least this share of all samples do not exceed (nearest rank).
 *
 * Missing when no sample is expected beyond it: p99 takes 100 samples, p90 takes 10. With fewer it would be the
 * maximum under another name.
 */
function percentile(sorted: ArrayLike<number>, percent: number): number | undefined {
  if (sorted.length < 100 / (100 - percent)) return undefined;
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1];
}

/** Headings for {@link distributionCells}. */
export const distributionColumns = ["count", "p50", "p90", "p99", "max"] as const;

/** A distribution as the cells of a row. */
export function distributionCells(spread: Distribution): Cell[] {
  const missing = spread.count === 0 ? "–" : "too few";
  return [
    count(spread.count),
    inMs(spread.p50Ms, missing),
    inMs(spread.p90Ms, missing),
    inMs(spread.p99Ms, missing),
    inMs(spread.maxMs, missing),
  ];
}
