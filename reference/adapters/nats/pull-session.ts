import { nanos } from "@nats-io/nats-core";

import { messageOf, type Clock, type Timer } from "../../../core/mod.ts";
import type { DurableConsumer } from "./durable-consumer.ts";
import type { Link } from "./link.ts";
import type { NatsMsg, NatsSubscription } from "./nats-client.ts";
import { fulfilledWithin } from "./patience.ts";

const heartbeatMs = 1_000;
const pullExpiresMaxMs = 30_000;
/** The server takes no heartbeat of more than half of this. */
const pullExpiresMinMs = 2.5 * heartbeatMs;
const silentAfterMs = 3 * heartbeatMs;
const retireWithinMs = 1_000;
const withdrawExpiresMs = 5;

/** Why a session ended. Messages that are still on their way are welcome, unless they are known to be stale. */
export interface SessionEnd {
  readonly reason: string;
  readonly discard: boolean;
}

/** What a session reports to, and asks. */
export interface SessionOwner {
  receive(message: NatsMsg): void;
  /** How many messages there is room for; 0 when it is not worth asking yet. */
  room(): number;
}

/**
 * Pull requests to one durable consumer, on an inbox of their own: what a dead session asked for reaches nobody.
 *
 * One request is open at a time, so that what is outstanding is known exactly. The server says every second that an
 * open request still exists. Whatever goes wrong ends the session, and a new one is opened: after a failover of the
 * server, the client library's own `consume()` left requests stranded for up to 44 s.
 */
export class PullSession {
  readonly ended: Promise<SessionEnd>;
  readonly #link: Link;
  readonly #clock: Clock;
  readonly #owner: SessionOwner;
  readonly #requestSubject: string;
  readonly #pullExpiresMs: number;
  readonly #inbox: string;
  readonly #subscription: NatsSubscription;
  readonly #silenceWatch: Timer;
  readonly #forgetLink: () => void;
  readonly #settleEnd: (end: SessionEnd) => void;
  #isOver = false;
  #outstanding = 0;
  #heardMs: number;
  #closing: Promise<void> | undefined;

  constructor(link: Link, clock: Clock, consumer: DurableConsumer, owner: SessionOwner) {
    const { promise, resolve } = Promise.withResolvers<SessionEnd>();
    this.ended = promise;
    this.#settleEnd = resolve;
    this.#link = link;
    this.#clock = clock;
    this.#owner = owner;
    this.#requestSubject = `$JS.API.CONSUMER.MSG.NEXT.${consumer.stream}.${consumer.name}`;
    this.#pullExpiresMs = pullExpiry(consumer.ackWaitMs);
    this.#inbox = link.client.newInbox();
    this.#subscription = link.subscribe(this.#inbox, (message) => this.#take(message));
    this.#heardMs = clock.now();
    this.#silenceWatch = link.ticker.add(() => this.#checkSilence());
    this.#forgetLink = link.onDown(() => this.end({ reason: "the connection was lost", discard: true }));
  }

  /** Asks for as many messages as there is room for, unless some are outstanding. */
  refill(): void {
    if (this.#isOver || this.#outstanding > 0) return;
    const room = this.#owner.room();
    if (room > 0) this.#pull(room);
  }

  /** Says that the session is over; who awaits {@link ended} closes it. */
  end(end: SessionEnd): void {
    this.#isOver = true;
    if (end.discard) this.#subscription.unsubscribe();
    this.#settleEnd(end);
  }

  /**
   * Unsubscribes, and takes what is on its way, until the server has confirmed that it holds no request of ours. Only
   * then may messages be handed back.
   */
  close(): Promise<void> {
    this.#isOver = true;
    this.#closing ??= this.#retire();
    return this.#closing;
  }

  async #retire(): Promise<void> {
    this.#silenceWatch.cancel();
    this.#forgetLink();
    if (!this.#link.connected()) return this.#subscription.unsubscribe();
    const drained = this.#subscription.isClosed() ? undefined : this.#subscription.drain();
    // A connection that is being closed rejects both: then nothing is on its way either.
    const left = Promise.allSettled([drained, this.#withdraw()]);
    if (!(await fulfilledWithin(this.#clock, retireWithinMs, left))) this.#subscription.unsubscribe();
  }

  /**
   * There is no word for taking a request back, and a dead one does harm: when a message is handed back, nats-server
   * 2.9 takes it up, finds that nobody listens at the dead request, and forgets it until its acknowledgement wait is
   * over; what came before it is delivered twice. One more request, which expires at once, makes the server look
   * through all of them and drop the dead. It may bring a message.
   */
  async #withdraw(): Promise<void> {
    if (this.#outstanding === 0) return;
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    const inbox = this.#link.client.newInbox();
    const answers = this.#link.subscribe(inbox, (message) => {
      resolve();
      if (message.subject !== inbox) this.#owner.receive(message);
    });
    this.#request({ batch: 1, expires: nanos(withdrawExpiresMs) }, inbox);
    await fulfilledWithin(this.#clock, retireWithinMs, answered);
    answers.unsubscribe();
  }

  #pull(count: number): void {
    this.#outstanding = count;
    this.#heardMs = this.#clock.now();
    const lasting = { expires: nanos(this.#pullExpiresMs), idle_heartbeat: nanos(heartbeatMs) };
    try {
      this.#request({ batch: count, ...lasting }, this.#inbox);
    } catch (thrown) {
      this.end({ reason: messageOf(thrown), discard: false });
    }
  }

  #request(options: object, reply: string): void {
    this.#link.client.publish(this.#requestSubject, JSON.stringify(options), { reply });
  }

  #take(message: NatsMsg): void {
    this.#heardMs = this.#clock.now();
    if (message.subject === this.#inbox) return this.#takeStatus(message);
    this.#outstanding = Math.max(0, this.#outstanding - 1);
    this.#owner.receive(message);
    this.refill();
  }

  /** 100 is a heartbeat, 408 an expired request; all others say that the consumer cannot serve us as it is. */
  #takeStatus(message: NatsMsg): void {
    const code = message.headers?.code ?? 0;
    if (code === 100) return;
    if (code !== 408) return this.end({ reason: `${code} ${message.headers?.description ?? ""}`, discard: false });
    this.#outstanding = 0;
    this.refill();
  }

  #checkSilence(): void {
    if (this.#outstanding > 0 && this.#clock.now() - this.#heardMs > silentAfterMs) {
      this.end({ reason: "the server has forgotten the request", discard: false });
    }
  }
}

/**
 * A replica that sleeps leaves its request open, and the server goes on handing it messages, each for as long as the
 * acknowledgement wait, again and again. So the request does not outlast that wait.
 */
function pullExpiry(ackWaitMs: number): number {
  return Math.min(pullExpiresMaxMs, Math.max(pullExpiresMinMs, ackWaitMs));
}
