import { retryBackoffMs } from "../retry-backoff.ts";

/** How often and how soon a failed delivery is tried again. */
export interface RetryRule {
  /** Attempts after the first. */
  readonly retriesMax: number;
  /** Before the first retry; it doubles with each. */
  readonly retryBackoffMs: number;
}

/**
 * How long to wait before the next attempt, or undefined when there is none: by default 10, 20 and 40 ms.
 *
 * @param attempt - number of the attempt that failed, from 1
 */
export function retryDelayMs(rule: RetryRule, attempt: number): number | undefined {
  return attempt > rule.retriesMax ? undefined : retryBackoffMs(attempt, rule.retryBackoffMs);
}
