import type { Clock } from "../../../core/mod.ts";
import type { Disposition } from "../../ports/mod.ts";
import { answer, deliveriesOf, extend } from "./answers.ts";
import type { Handler } from "./decide.ts";
import type { Link } from "./link.ts";
import type { NatsMsg } from "./nats-client.ts";
import { fulfilledWithin } from "./patience.ts";
import type { Release } from "./unstarted.ts";

/** What a hand needs to know of its consumption. */
export interface HandOptions {
  readonly link: Link;
  readonly clock: Clock;
  readonly ackWaitMs: number;
  /** Messages handled at once; as many again may wait. */
  readonly concurrency: number;
  readonly stopping: AbortSignal;
  readonly decide: Handler;
  readonly release: Release;
  /** A message has left, so that there may be room. */
  readonly onRoom: () => void;
  /** A message was dropped unstarted: by now the stream has delivered it again, perhaps to another replica. */
  readonly onStale: () => void;
}

const handBack: Disposition = { later: 0 };

interface Held {
  readonly message: NatsMsg;
  /** When the acknowledgement wait began, at the earliest. */
  extendedMs: number;
}

/** The messages that this replica holds: some are being handled, the others wait. */
export class Hand {
  readonly #options: HandOptions;
  readonly #waiting: Held[] = [];
  readonly #started = new Set<Held>();
  #isFinishing = false;
  #isPaused = false;
  #handsBack = false;
  #onIdle: (() => void) | undefined;

  constructor(options: HandOptions) {
    this.#options = options;
  }

  /** How many more messages it would hold. Small numbers are 0: half of the handlers may run dry before we ask. */
  room(): number {
    const { concurrency } = this.#options;
    const room = 2 * concurrency - this.#waiting.length - this.#started.size;
    return room >= concurrency / 2 ? room : 0;
  }

  /** @param deliveredMs - when the stream delivered it, at the earliest */
  take(message: NatsMsg, deliveredMs: number): void {
    if (this.#isFinishing) return this.#options.release(message);
    if (this.#handsBack) return answer(message, handBack);
    this.#waiting.push({ message, extendedMs: deliveredMs });
    this.#startNext();
  }

  /** Tells the stream that all of these are still being worked on. */
  extendAll(): void {
    if (!this.#options.link.connected()) return;
    this.#dropStale();
    const nowMs = this.#options.clock.now();
    for (const held of [...this.#started, ...this.#waiting]) {
      extend(held.message);
      held.extendedMs = nowMs;
    }
  }

  /** Starts nothing until it is resumed. */
  pause(): void {
    this.#isPaused = true;
  }

  /**
   * Hands back what was not started, and what still comes until it is resumed. Only when the server holds no request
   * of ours: it would come back to us.
   */
  handBack(): void {
    this.#handsBack = true;
    this.#dropStale();
    for (const { message } of this.#waiting.splice(0)) answer(message, handBack);
  }

  resume(): void {
    [this.#isPaused, this.#handsBack] = [false, false];
    this.#startNext();
  }

  /** Lets go of what was not started, and waits for the rest. */
  async finish(): Promise<void> {
    this.#isFinishing = true;
    this.#dropStale();
    for (const held of this.#waiting.splice(0)) this.#options.release(held.message);
    if (this.#started.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
  }

  #startNext(): void {
    const { concurrency, stopping } = this.#options;
    while (!stopping.aborted && !this.#isPaused && this.#started.size < concurrency) {
      const held = this.#waiting.shift();
      if (!held) return;
      if (this.#isStale(held)) this.#options.onStale();
      else void this.#handle(held);
    }
  }

  async #handle(held: Held): Promise<void> {
    this.#started.add(held);
    const { message } = held;
    const { decide, stopping, onRoom } = this.#options;
    const deliveries = deliveriesOf(message);
    const disposition = await decide({ subject: message.subject, body: message.string(), deliveries, stopping });
    await this.#linkUp();
    answer(message, disposition);
    this.#started.delete(held);
    this.#startNext();
    onRoom();
    if (this.#started.size === 0) this.#onIdle?.();
  }

  /** An answer during an outage would be lost, and the work done again. A stopping replica does not wait. */
  async #linkUp(): Promise<void> {
    const { link, clock, ackWaitMs, stopping } = this.#options;
    if (!link.connected()) await fulfilledWithin(clock, ackWaitMs, link.up(), stopping);
  }

  #dropStale(): void {
    const fresh = this.#waiting.filter((held) => !this.#isStale(held));
    for (let dropped = fresh.length; dropped < this.#waiting.length; dropped++) this.#options.onStale();
    this.#waiting.splice(0, this.#waiting.length, ...fresh);
  }

  #isStale(held: Held): boolean {
    return this.#options.clock.now() - held.extendedMs >= this.#options.ackWaitMs;
  }
}
