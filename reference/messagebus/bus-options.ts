import type { Clock, Random } from "../../core/mod.ts";
import type { BusMetrics } from "./bus-metrics.ts";
import type { AttemptReport } from "./bus-stats.ts";

/** How a bus is built. */
export interface MessageBusOptions {
  /** @defaultValue 8 */
  readonly shards: number;
  /** Deliveries that a shard makes at once; all of its workers take high before normal. @defaultValue 4 */
  readonly workersPerShard: number;
  /** Messages in each of a shard's two queues. @defaultValue 10_000 */
  readonly queueSizeMax: number;
  /** This priority and above go to the high queue. @defaultValue 5 */
  readonly highPriorityFrom: number;
  /** A shard refuses from this share of a queue on. @defaultValue 0.8 */
  readonly pauseAt: number;
  /** ... until both queues are below this share. @defaultValue 0.5 */
  readonly resumeBelow: number;
  /** Attempts after the first. @defaultValue 3 */
  readonly retriesMax: number;
  /** Before the first retry; it doubles each time. @defaultValue 10 */
  readonly retryBackoffMs: number;
  /** How long a key is remembered, from its first message on. @defaultValue 3_600_000 */
  readonly dedupTtlMs: number;
  /** Keys remembered; the least recently used goes first. @defaultValue 10_000 */
  readonly dedupMax: number;
  /** Payload as JSON in UTF-8, in bytes. @defaultValue 1_048_576 */
  readonly messageBytesMax: number;
  /** Dead letters held; the oldest goes first, and is counted. @defaultValue 10_000 */
  readonly deadLettersMax: number;
  /** Messages accepted from one client in any such window. @defaultValue none */
  readonly clientLimit: ClientLimit | undefined;
}

/** The seed's figures are 1000 messages in 60 s. */
export interface ClientLimit {
  readonly messagesMax: number;
  readonly windowMs: number;
}

/** What a bus needs of its surroundings. */
export interface MessageBusPorts {
  readonly clock: Clock;
  /** Makes the ids. @defaultValue the system's */
  readonly random?: Random;
  readonly metrics?: BusMetrics;
  /** Is told of each attempt as it ends. It must be quick; what it throws is counted and passed over. */
  readonly onAttempt?: (report: AttemptReport) => void;
}

/** The documented figures of the seed. */
export const messageBusDefaults: MessageBusOptions = {
  shards: 8,
  workersPerShard: 4,
  queueSizeMax: 10_000,
  highPriorityFrom: 5,
  pauseAt: 0.8,
  resumeBelow: 0.5,
  retriesMax: 3,
  retryBackoffMs: 10,
  dedupTtlMs: 3_600_000,
  dedupMax: 10_000,
  messageBytesMax: 1_048_576,
  deadLettersMax: 10_000,
  clientLimit: undefined,
};
