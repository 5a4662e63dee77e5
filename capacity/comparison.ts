import { requireNotNegative } from "./figures.ts";

/** How a prediction stands to what was measured. */
export type Word = "holds" | "optimistic" | "pessimistic";

/** Several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many measurements. */
  readonly n: number;
}

/** A prediction beside its measurement. */
export interface Comparison {
  readonly predicted: number;
  /** (predicted − measured) / measured, in percent; undefined where nothing was measured but zero. */
  readonly errorPercent: number | undefined;
  readonly word: Word;
  /** Whether the prediction lies between the least and the most that was measured. */
  readonly withinSpread: boolean;
}

/** What counts as the same. */
export interface Tolerance {
  /** 10 holds within 10 %. */
  readonly percent: number;
  /** A difference of no more than this always holds: near zero, percents say nothing. In the figure's own unit. */
  readonly negligible?: number;
}

/**
 * Judges a prediction. It is optimistic where reality is worse than it says: slower, longer, larger.
 *
 * @param better Whether more of this figure is better (throughput) or less (wait, memory).
 * @throws UsageError for a prediction that is negative or no number.
 */
export function compare(predicted: number, measured: Spread, better: "more" | "less", within: Tolerance): Comparison {
  requireNotNegative({ predicted, measured: measured.median });
  const difference = predicted - measured.median;
  const errorPercent = measured.median === 0 ? undefined : (100 * difference) / measured.median;
  const holds =
    Math.abs(difference) <= (within.negligible ?? 0) || Math.abs(errorPercent ?? Infinity) <= within.percent;
  const rosy = better === "more" ? difference > 0 : difference < 0;
  return {
    predicted,
    errorPercent,
    word: holds ? "holds" : rosy ? "optimistic" : "pessimistic",
    withinSpread: predicted >= measured.min && predicted <= measured.max,
  };
}

/**
 * The median of some measurements, with the least and the most of them.
 *
 * @throws Error when there are none: a number made of nothing would look like a measurement.
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error("no spread of no values");
  return { median: (low + high) / 2, min: sorted[0] ?? low, max: sorted.at(-1) ?? high, n: sorted.length };
}
