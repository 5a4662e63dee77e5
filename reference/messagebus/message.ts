/** What a publisher hands in. */
export interface BusMessage {
  /** Decides the shard, by consistent hashing. At most 256 characters. */
  readonly topic: string;
  /** Any JSON value. It is passed on as it is, not copied: do not change it afterwards. */
  readonly payload: unknown;
  /** The larger, the more urgent; from `highPriorityFrom` on it goes to the high queue. @defaultValue 0 */
  readonly priority?: number;
  /** For an hour, a second message with the same key is a duplicate of the first. At most 256 characters. */
  readonly idempotencyKey?: string;
  /** Whose rate limit it counts against, where one is set; without a client it is not limited. */
  readonly client?: string;
}

/** Why a message is refused. */
export type Refusal =
  | "backpressure"
  | "rate_limit"
  | "payload_too_large"
  | "name_too_long"
  | "shard_paused"
  | "bus_stopped";

/** The answer to a publisher, at once. The status is what HTTP would say. */
export type Published =
  | { readonly accepted: true; readonly id: string; readonly shard: number; readonly duplicate: boolean }
  | {
      readonly accepted: false;
      readonly status: 429 | 413 | 503;
      readonly reason: Refusal;
      readonly shard?: number;
      /** For a refusal that passes: not sooner than this. */
      readonly retryAfterMs?: number;
    };

/** One attempt to deliver a message to its handlers. */
export interface Delivery {
  readonly id: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly priority: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborts when the bus stops and has waited long enough. */
  readonly signal: AbortSignal;
}

/**
 * Takes a message. Its worker is busy until the promise settles. A rejection is tried again after a backoff, unless
 * it is a {@link PermanentFailure}.
 */
export type Handler = (delivery: Delivery) => Promise<void>;

/** A handler's word that no retry can help: the message is dead-lettered at once. */
export class PermanentFailure extends Error {
  override readonly name = "PermanentFailure";
}
