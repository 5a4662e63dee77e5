import type { Clock, Random } from "../../core/mod.ts";
import type { Bytes } from "../bytes.ts";
import type { NatsDisk } from "./jetstream/disk-image.ts";

/** What a NATS server is made of. */
export interface NatsOptions {
  /** Its timers, and the wall clock that stamps messages. */
  readonly clock: Clock;
  /** Which member of a queue group gets a message, jitter, and ids. */
  readonly random: Random;
  /** Servers before 2.10.4 ignore `+TERM` with a reason, for one. @defaultValue "2.9.10" */
  readonly version?: string;
  /** Bytes of headers and payload together. @defaultValue 1 MiB */
  readonly maxPayload?: number;
  /** How long what a consumer delivered and had acknowledged is in memory only. @defaultValue 250 ms */
  readonly flushAfterMs?: number;
  /** What a server before it has left. @defaultValue nothing */
  readonly disk?: NatsDisk;
  /** How many servers a stream may be kept on. @defaultValue 1 */
  readonly replicasMax?: number;
  /** Told of each message at the moment that a stream stores it; a duplicate is not stored. */
  readonly stored?: (message: StoredMessage) => void;
}

/** A message as a stream has just stored it. */
export interface StoredMessage {
  readonly stream: string;
  readonly sequence: number;
  readonly subject: string;
  readonly payload: Bytes;
}

/** A message as a client gets or sends it. */
export interface NatsMessage {
  readonly subject: string;
  readonly reply?: string;
  /** The whole header block: `NATS/1.0\r\nNats-Msg-Id: 1\r\n\r\n`, with an inline status as `NATS/1.0 503\r\n\r\n`. */
  readonly headers?: Bytes;
  readonly payload: Bytes;
}

/** A NATS server with JetStream, in memory: a state machine without any I/O. */
export interface NatsEngine {
  /** A client's connection. */
  connect(options: NatsClientOptions): NatsSession;
}

/** How a client connects. */
export interface NatsClientOptions {
  readonly name?: string;
  /** Whether it hears what it published itself. @defaultValue true */
  readonly echo?: boolean;
  /** Whether it understands headers. @defaultValue true */
  readonly headers?: boolean;
  /** Whether it is told, with status 503, that nobody listens to a request of its own. @defaultValue true */
  readonly noResponders?: boolean;
  /** Gets every message of the client's subscriptions, with the id of the subscription. */
  deliver(sid: string, message: NatsMessage): void;
  /** The server says what is wrong, and goes on: `Invalid Subject`. */
  complain?(reason: string): void;
  /** The server ends the connection, with a protocol error such as `Slow Consumer`. */
  closed?(reason: string): void;
}

/** One client's connection. */
export interface NatsSession {
  publish(message: NatsMessage): void;
  subscribe(sid: string, subject: string, queue?: string): void;
  /** At once, or after so many messages in all. */
  unsubscribe(sid: string, maxMessages?: number): void;
  /** The client is gone. */
  close(): void;
}
