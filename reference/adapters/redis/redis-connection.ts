import type { Clock, Random } from "../../../core/mod.ts";
import { Unavailable, type Command } from "../../ports/mod.ts";

/**
 * One connection to Redis, which comes back by itself for as long as it is not closed.
 *
 * Nothing is ever sent twice, and nothing is kept for later: a command that finds the connection down is refused
 * with `Unavailable`, and one that was sent and not answered rejects with `OutcomeUnknown`. An error reply rejects
 * with what {@link meaningOfReply} makes of it. Answers come in the order of their commands.
 */
export interface RedisConnection {
  /** Whether a command could be sent at this moment. */
  readonly ready: boolean;
  /** Commands that wait for their answer. */
  readonly inFlight: number;
  /** How many commands it has sent in its life. */
  readonly sent: number;
  /**
   * Resolves with the reply: text, a number, `null`, or an array of these. Text is UTF-8.
   *
   * @param timeoutMs - for a caller that has spent a part of its time already. After the command timeout itself,
   *   which is the default, the connection is broken and made anew: it may be silent for minutes.
   */
  send(command: Command, timeoutMs?: number): Promise<unknown>;
  /** Lets what is in flight be answered, within the command timeout, and closes for good. */
  close(): Promise<void>;
}

/** What a connection is made of, and whom it tells. */
export interface ConnectionParts {
  /** `redis://…`, or `rediss://…` for TLS. */
  readonly url: string;
  /** Shown by `CLIENT LIST`. */
  readonly name: string;
  /** For connecting, too. */
  readonly commandTimeoutMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** It can be used from now on: for the first time, or again. */
  onReady(connection: RedisConnection): void;
  /** It was ready, and is no longer. Not said of one that was closed. */
  onLost(connection: RedisConnection): void;
  /** An attempt to connect failed, or the socket broke. There will be another attempt. */
  onTrouble(error: Error): void;
}

/**
 * Begins to connect, and returns at once; it tries again after {@link reconnectDelayMs} whenever it must, without
 * end. None of the callbacks comes before it has returned.
 */
export type DialRedis = (parts: ConnectionParts) => RedisConnection;

const backoffFirstMs = 25;
const backoffMaxMs = 1_000;

/**
 * How long to wait before connecting again: doubles from 25 ms up to a second, less up to a half by chance.
 *
 * @param attempt - from 1; begins anew with each success
 */
export function reconnectDelayMs(attempt: number, random: Random): number {
  const full = Math.min(backoffMaxMs, backoffFirstMs * 2 ** Math.min(attempt - 1, 10));
  return full * (0.5 + random.next() / 2);
}

/** Error replies that say: not now, and nothing was done. */
const refused = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|BUSY|OOM|MISCONF|NOAUTH) ?/;

/** What an error reply, whose text is the error's message, means for the caller: not now, or a wrong command. */
export function meaningOfReply(reply: Error): Error {
  return refused.test(reply.message) ? new Unavailable("Redis", reply) : reply;
}

/** Whether the server has become a replica: connecting again may lead to the new primary. */
export function isReadOnly(reply: Error): boolean {
  return reply.message.startsWith("READONLY");
}
