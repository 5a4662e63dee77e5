import type { Duration, Rate } from "../core/mod.ts";
import type { WorkflowSample } from "./workflow-sample.ts";

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
  /** Each operation starts a run of this workflow, instead of submitting a job. Its steps say how long they work. */
  readonly workflow?: WorkflowSample;
  /** @defaultValue "job.default" */
  readonly topic?: string;
  /** How long a worker works on each job. @defaultValue "0ms" */
  readonly work?: Duration;
  /**
   * Idempotency keys: none; one for each operation, resent to the next gateway when the outcome is unknown; or each
   * operation sent to all gateways at the same time under one key. @defaultValue "none"
   */
  readonly idempotency?: "none" | "resend" | "race";
  /**
   * `gateways`: over HTTP. `bus`: published to the bus as a whole job, as the plane's own services submit theirs; only
   * the engine k6 can do that. @defaultValue "gateways"
   */
  readonly via?: "gateways" | "bus";
  /** Give up waiting for an answer: the outcome is then unknown. @defaultValue "5s" */
  readonly timeout?: Duration;
}
