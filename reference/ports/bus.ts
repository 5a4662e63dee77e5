/** A message for a stream. */
export interface Message {
  readonly subject: string;
  /** Message id for the stream's deduplication window; without it nothing is deduplicated. */
  readonly id?: string;
  readonly body: string;
}

/** The stream's receipt. `duplicate` is information, not an error: the stream had this message id already. */
export interface Receipt {
  readonly sequence: number;
  readonly duplicate: boolean;
}

/** A message as a consumer gets it. */
export interface Delivery {
  readonly subject: string;
  readonly body: string;
  /** 1 for the first delivery. */
  readonly deliveries: number;
  /** Aborts when the consumption is being stopped. */
  readonly stopping: AbortSignal;
}

/**
 * What the handler decided. `done` acknowledges; `later` hands the message back for redelivery after a delay;
 * `reject` ends it for good, after its cause has been recorded by the handler.
 */
export type Disposition = "done" | { readonly later: number } | { readonly reject: string };

/** How to consume a subject of a stream. All replicas with the same `queue` share one durable consumer. */
export interface ConsumeOptions {
  readonly stream: string;
  readonly subject: string;
  /** Queue group; the durable consumer is named `dur_<queue>__<subject>`. */
  readonly queue: string;
  /** How many messages are handled at once; as many again may be waiting in memory. */
  readonly concurrency: number;
  /**
   * Whether this replica could do anything with a message, asked four times a second. While it could not, it takes
   * none, and hands back what it has not started: another replica may be better off. @defaultValue always
   */
  readonly able?: () => boolean;
}

/** A running consumption. */
export interface Consumption {
  /**
   * Stops taking messages, hands back those that were not started, and waits for those that were.
   * Resolves when nothing is in hand any more.
   */
  stop(): Promise<void>;
}

/** A running broadcast subscription. */
export interface Subscription {
  close(): void;
}

/**
 * The message bus: durable queues for work, broadcasts for state that heals itself.
 *
 * While a handler runs, the bus tells the stream that the message is being worked on, a third of the
 * acknowledgement wait apart; a handler that throws gets its message again after a backoff.
 */
export interface Bus {
  /** Stores a message. Rejects with `Unavailable` or `OutcomeUnknown`; repeating it with the same id is safe. */
  publish(message: Message): Promise<Receipt>;
  /** Sends to whoever listens now. Never waits, never fails loudly. */
  broadcast(subject: string, body: string): void;
  listen(subject: string, handler: (body: string, subject: string) => void): Subscription;
  consume(options: ConsumeOptions, handler: (delivery: Delivery) => Promise<Disposition>): Promise<Consumption>;
  /** Whether the connection is up at this moment. */
  connected(): boolean;
}
