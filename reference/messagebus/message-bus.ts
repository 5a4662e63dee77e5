import type { BusLeftover, BusStats } from "./bus-stats.ts";
import type { DeadLetter, DeadLetterQuery, Replayed, ReplayQuery } from "./dead-letter.ts";
import type { BusMessage, Handler, Published } from "./message.ts";

/** Takes a subscription back; a second call does nothing. */
export type Unsubscribe = () => void;

/**
 * A message bus in memory: topics hashed to shards, each with a high and a normal queue and a bounded pool of workers.
 *
 * Nothing survives the process. What it promises is G12: as long as the process lives, an accepted message is
 * delivered, dead-lettered or still here, and the ledger of `stats()` shows where.
 */
export interface MessageBus {
  /** Takes a message or refuses it, at once: nobody ever waits here, and no handler runs before it returns. */
  publish(message: BusMessage): Published;
  /** Every handler of a topic gets every message of it. A message that nobody subscribes to is dead-lettered. */
  subscribe(topic: string, handler: Handler): Unsubscribe;
  /** The shard that a new message of this topic goes to. */
  shardOf(topic: string): number;
  stats(): BusStats;
  /** Oldest first. */
  deadLetters(query?: DeadLetterQuery): readonly DeadLetter[];
  /** Publishes dead letters again, oldest first, and removes those that were accepted. */
  replay(query?: ReplayQuery): Replayed;
  /** Refuses what is new to this shard (503), by an operator's will; its backlog is worked off. */
  pause(shard: number): void;
  /** Ends what `pause` began; backpressure ends by itself. */
  resume(shard: number): void;
  /**
   * Changes the shards: to so many (0, 1, ...), or to exactly these. A topic that moves is drained first: what is new
   * waits on its new shard until the old one has settled all of it. Resolves when every topic has switched.
   *
   * @throws SeatrialError `resize_under_way`
   */
  resize(shards: number | readonly number[]): Promise<Resized>;
  /**
   * Refuses what is new, works off the backlog for so long, and then gives back what is left.
   * A second call gets the first one's answer.
   */
  stop(options: { readonly withinMs: number }): Promise<BusLeftover>;
}

/** What a resize did. */
export interface Resized {
  /** Topics that had messages under way, and were drained first. */
  readonly drained: number;
  /** False when the bus was stopped before every topic had switched. */
  readonly complete: boolean;
}
