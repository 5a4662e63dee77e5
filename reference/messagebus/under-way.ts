import type { Timer } from "../../core/mod.ts";
import type { Ranked } from "../domain/messagebus/ranked-queue.ts";
import type { BusMessage, Handler } from "./message.ts";

/** An accepted message on its way to an end. */
export interface Entry extends Ranked {
  readonly id: string;
  readonly message: BusMessage;
  readonly queue: "normal" | "high";
  readonly route: TopicRoute;
  /** The shard that accepted it; it never changes shards. */
  readonly shard: number;
  readonly acceptedAtMs: number;
  enqueuedAtMs: number;
  startedAtMs: number;
  /** Attempts begun. */
  attempts: number;
  /** Subscribers that are done with it while others are not. */
  takenBy: Set<Subscription> | undefined;
  /** Ends its backoff. */
  timer: Timer | undefined;
}

/** One handler of a topic. */
export interface Subscription {
  readonly handler: Handler;
}

/** Where a topic's messages go. */
export interface TopicRoute {
  readonly topic: string;
  shard: number;
  subscriptions: readonly Subscription[];
  /** Its messages under way, on whichever shard. */
  underWay: number;
  /** While it is being drained from the shard that it had before. */
  move: Move | undefined;
}

/** A topic between two shards. */
export interface Move {
  /** Messages that the old shard has still to settle. */
  before: number;
  /** Accepted by the new shard since then, in order. */
  readonly parked: Entry[];
}
