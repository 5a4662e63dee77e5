import type { Clock, Random } from "../../core/mod.ts";
import type { Bytes } from "../bytes.ts";

/** What a NATS server is made of. */
export interface NatsOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Servers before 2.10 ignore `+TERM` with a reason, for one. @defaultValue "2.9.10" */
  readonly version?: string;
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
  /** Gets every message of the client's subscriptions, with the id of the subscription. */
  deliver(sid: string, message: NatsMessage): void;
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
