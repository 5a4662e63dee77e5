/** The same measure of two runs that had everything in common but the tuning. */
export interface Pair {
  readonly a: number;
  readonly b: number;
}

/**
 * How many times as large b is as a, as natural logarithms: 0 is no difference, and a doubling and a halving are
 * equally far from it, so that they can be averaged.
 *
 * @param offset - added to both sides. Counts that may be zero take {@link countOffset}.
 * @throws Error when a side is not above zero: it has no ratio.
 */
export function logRatios(pairs: readonly Pair[], offset = 0): number[] {
  return pairs.map(({ a, b }) => {
    if (!(a + offset > 0 && b + offset > 0)) throw new Error(`no ratio of ${b} to ${a}`);
    return Math.log((b + offset) / (a + offset));
  });
}

/**
 * Half an event on each side: Haldane (1956) and Anscombe (1956) show that it makes log-ratios of counts least biased.
 */
export const countOffset = 0.5;
