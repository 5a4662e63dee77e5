/** What a k6 script is told to do, as JSON in the variable SEATRIAL_LOAD: the API keys in it go on no command line. */
export interface K6Plan {
  /** By scenario name. */
  readonly streams: Readonly<Record<string, K6Stream>>;
  /** k6's own options. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** One stream of operations: one load to one gateway, or to the bus. */
export interface K6Stream {
  readonly load: string;
  readonly client: string;
  /** The gateway's id, or `bus`. */
  readonly via: string;
  /** Where requests go, or the server of the bus. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON of the request; for the bus, with `$JOB` where the job's id belongs. */
  readonly body: string;
  readonly timeoutMs: number;
}

/** The metric that carries one operation a point; everything about it is in the point's metadata. */
export const operationMetric = "seatrial_operation";
