/** A role that runs. */
export interface Running {
  /** Base URL of its HTTP server. */
  readonly url: string;
  /** Graceful shutdown in the documented order; resolves when nothing is in hand and nothing is held any more. */
  stop(): Promise<void>;
}
