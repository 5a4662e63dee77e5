import type { MsgHdrs, Payload, Status } from "@nats-io/nats-core";

import type { NatsAddress } from "./nats-address.ts";

/**
 * What the bus needs of a NATS client: a part of `NatsConnection` of `@nats-io/nats-core`, and inboxes.
 *
 * `jetstreamManager` of `@nats-io/jetstream` 3.4 is put on top of it ({@link jetStreamOf}). Besides `request`, that
 * reads two members which `NatsConnection` does not declare: `options.inboxPrefix` (may be undefined), and
 * `features.get(feature)`, which says `{ ok, min }`: whether the server is new enough for a feature. A driver of one's
 * own takes `new Features({ major, minor, micro })` of `@nats-io/nats-core/internal` for it.
 */
export interface NatsClient {
  /** The server that is connected; `undefined` while none is. */
  readonly info?: { readonly version: string; readonly jetstream?: boolean } | undefined;
  /** @throws Error when it is closed or draining, or for a subject, headers or a size that cannot be sent */
  publish(subject: string, payload?: Payload, options?: NatsPublishOptions): void;
  /** @throws Error when it is closed or draining */
  subscribe(subject: string, options: { callback(error: Error | null, message: NatsMsg): void }): NatsSubscription;
  /**
   * One answer on an inbox of its own. Rejects when none comes in time, with a `RequestError` whose cause is a
   * `NoRespondersError` when nobody listens, and when the connection breaks meanwhile.
   */
  request(subject: string, payload?: Payload, options?: { timeout: number }): Promise<Pick<NatsMsg, "data">>;
  /** Resolves when the server has everything that was sent so far (a ping and its pong). */
  flush(): Promise<void>;
  /** Unsubscribes everything, delivers what is on its way, sends what is buffered, and closes. */
  drain(): Promise<void>;
  /** Closing what is closed, or was drained, does nothing. */
  close(): Promise<void>;
  /**
   * `disconnect`, `reconnect` and `error` mean something to the bus; the rest is logged. It ends when the client is
   * closed for good. After a reconnect all subscriptions are there again.
   */
  status(): AsyncIterable<Status>;
  /** `host:port`, for logs. */
  getServer(): string;
  /** A subject that nobody else uses, without a dot at its end: `_INBOX.<22 characters>`. */
  newInbox(): string;
}

/** How a message is sent. */
export interface NatsPublishOptions {
  readonly reply?: string;
  /** Made by `headers()` of `@nats-io/nats-core`; iterating gives names with their values. */
  readonly headers?: MsgHdrs;
}

/** A message as it comes. */
export interface NatsMsg {
  readonly subject: string;
  readonly reply?: string | undefined;
  readonly data: Uint8Array;
  /** `code` and `description` are those of an inline status: `NATS/1.0 408 Request Timeout`. */
  readonly headers?: Pick<MsgHdrs, "code" | "description"> | undefined;
  /** The data as UTF-8. */
  string(): string;
  /** Publishes to {@link reply}. False when there is none. @throws Error as `publish` does */
  respond(payload?: Payload): boolean;
}

/** A subscription that calls back. */
export interface NatsSubscription {
  unsubscribe(): void;
  /** Unsubscribes, and resolves when everything that the server sent before has been handed over. */
  drain(): Promise<void>;
  isClosed(): boolean;
}

/** Where to, and as whom. */
export interface NatsDialOptions {
  readonly address: NatsAddress;
  /** Shown in the server's connection list; may be empty. */
  readonly name: string;
}

/**
 * Connects to NATS: one attempt. What it gives stays connected: it reconnects for ever, as {@link natsPatience} says.
 *
 * Rejects with an `AuthorizationError` of `@nats-io/nats-core` when the login is refused, and with anything else when
 * the server is away.
 */
export type DialNats = (options: NatsDialOptions) => Promise<NatsClient>;

/** How patient a client is with its server. One that does not answer pings is given up after 9 s. */
export const natsPatience = {
  /** For a connection to be made. */
  connectMs: 2_000,
  pingIntervalMs: 3_000,
  /** More unanswered pings than this are too many. */
  maxPingOut: 2,
  /** Between two attempts to reconnect, and up to so much more by chance. */
  reconnectWaitMs: 250,
  reconnectJitterMs: 100,
} as const;
