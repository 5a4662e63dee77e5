import type { NatsClientOptions, NatsMessage, NatsSession } from "./engine.ts";
import { statusBlock } from "./headers.ts";
import type { Router, Subscriber } from "./router.ts";
import { isValidSubject, isWithin } from "./subjects.ts";

/** What the server does with what a client publishes. */
export interface Intake {
  readonly router: Router;
  readonly maxPayload: number;
  /** Takes a message that a client publishes. @returns whether anybody listened */
  take(message: NatsMessage, from: Session): boolean;
  left(session: Session): void;
}

/** One client's connection. */
export class Session implements NatsSession {
  readonly #options: NatsClientOptions;
  readonly #server: Intake;
  readonly #subscriptions = new Map<string, Subscription>();
  #isOpen = true;

  constructor(options: NatsClientOptions, server: Intake) {
    this.#options = options;
    this.#server = server;
  }

  publish(message: NatsMessage): void {
    if (!this.#isOpen) return;
    const size = message.payload.length + (message.headers?.length ?? 0);
    if (size > this.#server.maxPayload) return this.end("Maximum Payload Violation");
    this.#server.router.turn.run(() => {
      const isTaken = this.#server.take(message, this);
      if (!isTaken && message.reply !== undefined) this.#reportNobody(message.reply);
    });
  }

  subscribe(sid: string, subject: string, queue?: string): void {
    if (!this.#isOpen || this.#subscriptions.has(sid)) return;
    if (!isValidSubject(subject)) return this.#complain("Invalid Subject");
    const subscription = new Subscription({ session: this, sid, subject, queue });
    this.#subscriptions.set(sid, subscription);
    this.#server.router.subscribe(subject, subscription);
  }

  unsubscribe(sid: string, maxMessages = 0): void {
    const subscription = this.#subscriptions.get(sid);
    if (!subscription) return;
    if (maxMessages > subscription.heard) subscription.limit = maxMessages;
    else this.forget(subscription);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const subscription of this.#subscriptions.values()) this.forget(subscription);
    this.#server.left(this);
  }

  /** The server ends it. */
  end(reason: string): void {
    if (!this.#isOpen) return;
    this.close();
    this.#server.router.turn.run(() => this.#server.router.turn.send(() => this.#options.closed?.(reason)));
  }

  forget(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.sid);
    this.#server.router.unsubscribe(subscription.subject, subscription);
  }

  wants(from: object | undefined): boolean {
    return from !== this || this.#options.echo !== false;
  }

  /** Hands a message over, after what the server still has to do. */
  send(sid: string, message: NatsMessage): void {
    const readable = this.#options.headers === false ? withoutHeaders(message) : message;
    this.#server.router.turn.send(() => {
      if (this.#isOpen) this.#options.deliver(sid, readable);
    });
  }

  #reportNobody(reply: string): void {
    const { noResponders = true, headers = true } = this.#options;
    if (!noResponders || !headers) return;
    const subscription = [...this.#subscriptions.values()].find(({ subject }) => isWithin(reply, subject));
    if (subscription) this.send(subscription.sid, { subject: reply, headers: statusBlock("503"), payload: "" });
  }

  #complain(reason: string): void {
    this.#server.router.turn.run(() => this.#server.router.turn.send(() => this.#options.complain?.(reason)));
  }
}

/** One subscription of a client. */
class Subscription implements Subscriber {
  readonly sid: string;
  readonly subject: string;
  readonly queue: string | undefined;
  /** After so many messages it ends. */
  limit = Infinity;
  heard = 0;
  readonly #session: Session;

  constructor(parts: { session: Session; sid: string; subject: string; queue: string | undefined }) {
    this.#session = parts.session;
    this.sid = parts.sid;
    this.subject = parts.subject;
    this.queue = parts.queue;
  }

  hear(message: NatsMessage, from: object | undefined): boolean {
    if (!this.#session.wants(from)) return false;
    this.heard += 1;
    this.#session.send(this.sid, message);
    if (this.heard >= this.limit) this.#session.forget(this);
    return true;
  }
}

function withoutHeaders(message: NatsMessage): NatsMessage {
  const { subject, reply, payload } = message;
  return { subject, payload, ...(reply === undefined ? {} : { reply }) };
}
