/** One attempt, as the work gets it. */
export interface Attempt {
  readonly job: string;
  /** The fencing token to show at every sink. */
  readonly epoch: number;
  readonly topic: string;
  /** Parsed from the request's JSON. */
  readonly payload: unknown;
  /** Aborts on cancel and at the end of the shutdown budget. */
  readonly signal: AbortSignal;
}

/** What a worker does with a job. It returns the result (any JSON value), or throws. */
export type Work = (attempt: Attempt) => Promise<unknown>;

/** Thrown by work that may succeed if tried again: the job is retried under a new epoch. */
export class Retryable extends Error {}
