import type { BusMessage } from "./message.ts";

/** Where every accepted message is. G12: `accepted` is the sum of all the others, at any time. */
export interface Ledger {
  readonly accepted: number;
  readonly delivered: number;
  readonly deadLettered: number;
  /** Waiting for a worker, or on its new shard for its topic to switch. */
  readonly queued: number;
  /** Waiting for its next attempt, outside the workers. */
  readonly inBackoff: number;
  /** With a worker. */
  readonly inHand: number;
  /** Handed to whoever stopped the bus. */
  readonly givenBack: number;
}

/** One shard at one moment. */
export interface ShardStats {
  readonly shard: number;
  /** Messages in each queue, with those that wait for their topic to switch, and without those in backoff. */
  readonly depth: { readonly normal: number; readonly high: number };
  /** Never more than `workersPerShard`. */
  readonly busyWorkers: number;
  /** Whether it refuses what is new. */
  readonly paused: boolean;
  readonly pausedBy: "backpressure" | "operator" | undefined;
  /** It is no longer on the ring, and works off its backlog. */
  readonly retiring: boolean;
  readonly refused: number;
  /** Attempts that failed and were put off. */
  readonly retried: number;
  readonly ledger: Ledger;
}

/** The whole bus at one moment. */
export interface BusStats {
  /** By number; a shard that was taken out stays until it is empty. */
  readonly shards: readonly ShardStats[];
  /** Over all shards, also those that are gone. */
  readonly ledger: Ledger;
  /** Refused with 413, 429 or 503. */
  readonly refused: number;
  /** Accepted as a duplicate of an earlier one: not in the ledger. */
  readonly duplicates: number;
  readonly deadLetters: DeadLetterStats;
  /** Calls of `onAttempt` that threw, and were passed over. */
  readonly observerFailures: number;
}

/** The dead letters at one moment. */
export interface DeadLetterStats {
  readonly held: number;
  /** Accepted again by a replay. */
  readonly replayed: number;
  /** The oldest, given up because there were more than `deadLettersMax`. */
  readonly evicted: number;
}

/** What a stopped bus could not finish in time. */
export interface BusLeftover {
  readonly queued: number;
  readonly inBackoff: number;
  /** Their handlers were told to abort, and may have taken effect. */
  readonly inHand: number;
  /** All of them, by order of acceptance, for another bus or a store. */
  readonly messages: readonly LeftoverMessage[];
}

/** A message that the bus gave back. */
export interface LeftoverMessage {
  readonly id: string;
  readonly message: BusMessage;
  readonly was: "queued" | "in-backoff" | "in-hand";
  /** Attempts begun. */
  readonly attempts: number;
}

/** What happened in one attempt, for whoever measures. All times by the bus's clock. */
export interface AttemptReport {
  readonly id: string;
  readonly topic: string;
  readonly shard: number;
  readonly priority: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** When it joined the queue: at its acceptance, or at the end of its backoff. */
  readonly enqueuedAtMs: number;
  /** When a worker took it. */
  readonly startedAtMs: number;
  /** When the last of its handlers had settled. */
  readonly endedAtMs: number;
  readonly outcome: "delivered" | "retried" | "dead-lettered";
}
