import type { Status } from "@nats-io/nats-core";

import { messageOf, type Clock } from "../../../core/mod.ts";
import type { Log } from "../../ports/mod.ts";
import type { NatsClient, NatsMsg, NatsSubscription } from "./nats-client.ts";
import { fulfilledWithin } from "./patience.ts";
import { Ticker } from "./ticker.ts";

const drainWithinMs = 2_000;
const tickMs = 250;

/** The connection, and what is known of its state. The client reconnects for ever; this tells the others about it. */
export class Link {
  readonly client: NatsClient;
  /** Whatever looks after something on this connection does so with this one timer, four times a second. */
  readonly ticker: Ticker;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #whenDown = new Set<() => void>();
  #isUp = true;
  #up = Promise.withResolvers<void>();

  constructor(client: NatsClient, clock: Clock, log: Log) {
    this.client = client;
    this.ticker = new Ticker(clock, tickMs);
    this.#clock = clock;
    this.#log = log;
    this.#up.resolve();
    void this.#follow();
  }

  connected(): boolean {
    return this.#isUp;
  }

  /** Resolves at once while the connection is up; otherwise when it is up again, or closed for good. */
  up(): Promise<void> {
    return this.#up.promise;
  }

  /** Calls back each time the connection is lost. Returns how to end that. */
  onDown(run: () => void): () => void {
    this.#whenDown.add(run);
    return () => this.#whenDown.delete(run);
  }

  /** Subscribes on core NATS. What the callback throws is logged. */
  subscribe(subject: string, receive: (message: NatsMsg) => void): NatsSubscription {
    return this.client.subscribe(subject, {
      callback: (error, message) => {
        // An exception that reached the client would end its reader, and with it every subscription.
        try {
          if (error) throw error;
          receive(message);
        } catch (thrown) {
          this.#log.error("A subscription failed to handle a message", { subject, error: messageOf(thrown) });
        }
      },
    });
  }

  /** Whether everything sent so far has reached the server, within this long. */
  async flush(limitMs: number): Promise<boolean> {
    if (!this.#isUp) return false;
    try {
      return await fulfilledWithin(this.#clock, limitMs, this.client.flush());
    } catch (thrown) {
      this.#log.debug("A flush was cut off", { error: messageOf(thrown) });
      return false;
    }
  }

  /** Sends what is buffered, then closes; within a bound also when the server is away. */
  async close(): Promise<void> {
    try {
      if (this.#isUp) await fulfilledWithin(this.#clock, drainWithinMs, this.client.drain());
    } catch (thrown) {
      this.#log.debug("The connection was closed undrained", { error: messageOf(thrown) });
    }
    await this.client.close();
    this.#lose();
    this.#up.resolve();
  }

  async #follow(): Promise<void> {
    for await (const status of this.client.status()) this.#note(status);
    this.#lose();
  }

  #note(status: Status): void {
    if (status.type === "disconnect") {
      this.#log.warn("NATS connection lost", { server: status.server });
      this.#lose();
    } else if (status.type === "reconnect") {
      this.#log.info("NATS connection restored", { server: status.server });
      this.#regain();
    } else if (status.type === "error") {
      this.#log.warn("NATS reported an error", { error: status.error.message });
    } else {
      this.#log.debug("NATS status", { status: status.type });
    }
  }

  #lose(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#up = Promise.withResolvers();
    for (const run of this.#whenDown) run();
  }

  #regain(): void {
    this.#isUp = true;
    this.#up.resolve();
  }
}
