import type { Duration, Rate } from "../core/mod.ts";

/** When operations are due. */
export type Arrivals =
  | { readonly shape: "uniform"; readonly rate: Rate; readonly count: number }
  | { readonly shape: "poisson"; readonly rate: Rate; readonly count: number }
  /** All at once, at these offsets (ms) from the next boundary between two wall-clock seconds. */
  | { readonly shape: "burst"; readonly offsetsMs: readonly number[]; readonly countEach: number };

/** One stream of operations, written down as data. */
export interface Load {
  /** Unique in its scenario; shown in reports. */
  readonly name: string;
  readonly arrivals: Arrivals;
  /** Counted from the beginning of the load. @defaultValue when the load before it ends (the first: at once) */
  readonly startAt?: Duration;
  /** Identity that limits are counted for: the local world makes one API key for each. @defaultValue "load" */
  readonly client?: string;
  /** Requests a second that this client may make. @defaultValue no limit in practice */
  readonly limitPerSecond?: number;
  /** Shares of the gateways: `[1, 1]` is even, `[9, 1]` is not. @defaultValue even over all gateways */
  readonly split?: readonly number[];
  /** @defaultValue "job.default" */
  readonly topic?: string;
  /** How long a worker works on each job. @defaultValue "0ms" */
  readonly work?: Duration;
  /**
   * Idempotency keys: none; one for each operation, resent to the next gateway when the outcome is unknown; or each
   * operation sent to all gateways at the same time under one key. @defaultValue "none"
   */
  readonly idempotency?: "none" | "resend" | "race";
  /** Give up waiting for an answer: the outcome is then unknown. @defaultValue "5s" */
  readonly timeout?: Duration;
}
