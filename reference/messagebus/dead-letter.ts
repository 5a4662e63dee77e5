import type { BusMessage } from "./message.ts";

/** A message that nobody could be made to take. */
export interface DeadLetter {
  /** The message's own; a replay keeps it. */
  readonly id: string;
  readonly message: BusMessage;
  readonly cause: DeathCause;
  /** What the last attempt failed with. */
  readonly detail: string;
  readonly attempts: number;
  readonly shard: number;
  /** Wall clock. */
  readonly diedUnixMs: number;
}

/** Why a message died. */
export type DeathCause = "retries_exhausted" | "permanent_failure" | "no_subscriber";

/** Which dead letters to show. */
export interface DeadLetterQuery {
  readonly topic?: string;
  /** @defaultValue 100 */
  readonly limit?: number;
}

/** Which dead letters to publish again. */
export interface ReplayQuery {
  /** Only those that died within this time. @defaultValue 3_600_000, an hour */
  readonly maxAgeMs?: number;
  readonly topic?: string;
  /** @defaultValue 100 */
  readonly limit?: number;
}

/** What a replay did. */
export interface Replayed {
  /** Accepted again, and no longer dead letters. */
  readonly replayed: number;
  /** Refused by their shard, and still dead letters. */
  readonly refused: number;
  /** Dead letters that are left, refused ones and too old ones included. */
  readonly remaining: number;
}
