/** When a shard refuses what is new; both are shares of a queue. */
export interface BackpressureRule {
  /** From here on it refuses. */
  readonly pauseAt: number;
  /** ... until it is below this. */
  readonly resumeBelow: number;
}

/**
 * Whether a shard is paused, given whether it was and how full its fuller queue is (0 to 1).
 *
 * Between the two marks it stays as it was: a queue that hovers at one mark does not toggle with each message.
 */
export function isPaused(rule: BackpressureRule, wasPaused: boolean, fullness: number): boolean {
  return fullness >= (wasPaused ? rule.resumeBelow : rule.pauseAt);
}

/** How a paused queue has been getting on. */
export interface Drain {
  /** Messages that have to go before it resumes. */
  readonly excess: number;
  /** Messages that went since it paused. */
  readonly drained: number;
  readonly elapsedMs: number;
}

const unknownYetMs = 1_000;
const longestMs = 30_000;

/** When a publisher had better come back: the excess at the rate seen since the pause. Whole ms, 1 to 30,000. */
export function resumesInMs({ excess, drained, elapsedMs }: Drain): number {
  if (drained <= 0 || elapsedMs <= 0) return unknownYetMs;
  return Math.min(longestMs, Math.max(1, Math.ceil((excess * elapsedMs) / drained)));
}
