/** The wait grows to at most this many times the first one. */
const mostTimesFirst = 30;

/**
 * How long to wait after the n-th attempt failed: `firstMs`, doubling with each attempt, up to 30 times of it.
 *
 * Without jitter, so that every replica works out the same moment from the job's record alone.
 *
 * @param attempt - number of the attempt that failed, from 1
 */
export function retryBackoffMs(attempt: number, firstMs: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, attempt - 1), mostTimesFirst * firstMs);
}
