import type { Random } from "../../core/mod.ts";
import type { NatsMessage } from "./engine.ts";
import { Interest, type Listener } from "./interest.ts";
import { Turn } from "./turn.ts";

/** A subscription, of a client or of the server itself. */
export interface Subscriber extends Listener {
  /** Takes the message. False when it does not: it is the client's own, and it wants no echo. */
  hear(message: NatsMessage, from: object | undefined): boolean;
}

/** Brings messages from whoever publishes them to whoever subscribed. */
export class Router {
  readonly turn = new Turn();
  readonly #interest = new Interest<Subscriber>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  subscribe(subject: string, subscriber: Subscriber): void {
    this.#interest.add(subject, subscriber);
  }

  unsubscribe(subject: string, subscriber: Subscriber): void {
    this.#interest.remove(subject, subscriber);
  }

  hasInterest(subject: string): boolean {
    return this.#interest.has(subject);
  }

  /**
   * To every subscriber, and to one of each queue group.
   *
   * @param to - whose subscribers get it, when that is not its own subject: the inbox of a pull request
   * @returns whether anybody took it
   */
  publish(message: NatsMessage, from?: object, to: string = message.subject): boolean {
    const { plain, groups } = this.#interest.match(to);
    let isTaken = false;
    for (const subscriber of plain) isTaken = subscriber.hear(message, from) || isTaken;
    for (const group of groups) isTaken = this.#toOne(group, message, from) || isTaken;
    return isTaken;
  }

  /** To any of a group that takes it, beginning somewhere. */
  #toOne(group: readonly Subscriber[], message: NatsMessage, from: object | undefined): boolean {
    const start = group.length > 1 ? this.#random.int(group.length) : 0;
    return group.some((_, step) => group[(start + step) % group.length]!.hear(message, from));
  }
}
