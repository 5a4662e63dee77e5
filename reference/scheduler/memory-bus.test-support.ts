import type { Clock } from "../../core/mod.ts";
import type { Bus, ConsumeOptions, Consumption, Delivery, Disposition, Message } from "../ports/mod.ts";

type Handler = (delivery: Delivery) => Promise<Disposition>;

interface Stored {
  readonly message: Message;
  deliveries: number;
}

/** A durable consumer: what was published on its subject, whoever was there then, until it is acknowledged. */
class Group {
  readonly #clock: Clock;
  readonly #waiting: Stored[] = [];
  readonly #members = new Set<Member>();

  constructor(clock: Clock, backlog: readonly Message[]) {
    this.#clock = clock;
    for (const message of backlog) this.add({ message, deliveries: 0 });
  }

  /** Messages that are stored and not in hand. */
  get waiting(): number {
    return this.#waiting.length;
  }

  add(stored: Stored): void {
    this.#waiting.push(stored);
    this.#deal();
  }

  join(concurrency: number, handler: Handler): Consumption {
    const member = new Member(concurrency, handler, this.#clock, this);
    this.#members.add(member);
    this.#deal();
    return {
      stop: async () => {
        this.#members.delete(member);
        await member.stop();
      },
    };
  }

  /** To whoever has the fewest in hand, and among equals to who has not had one for the longest time. */
  #deal(): void {
    for (let member = this.#idlest(); member && this.#waiting.length > 0; member = this.#idlest()) {
      this.#members.delete(member);
      this.#members.add(member);
      const stored = this.#waiting.shift();
      if (stored) member.handle(stored, () => this.#deal());
    }
  }

  #idlest(): Member | undefined {
    return [...this.#members].filter((member) => member.hasRoom).toSorted((a, b) => a.inHand - b.inHand)[0];
  }
}

class Member {
  readonly #concurrency: number;
  readonly #handler: Handler;
  readonly #clock: Clock;
  readonly #group: Group;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(concurrency: number, handler: Handler, clock: Clock, group: Group) {
    this.#concurrency = concurrency;
    this.#handler = handler;
    this.#clock = clock;
    this.#group = group;
  }

  get inHand(): number {
    return this.#running.size;
  }

  get hasRoom(): boolean {
    return this.inHand < this.#concurrency;
  }

  handle(stored: Stored, onRoom: () => void): void {
    const running = this.#run(stored).then(() => {
      this.#running.delete(running);
      onRoom();
    });
    this.#running.add(running);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }

  async #run(stored: Stored): Promise<void> {
    stored.deliveries += 1;
    const { subject, body } = stored.message;
    const delivery = { subject, body, deliveries: stored.deliveries, stopping: this.#stopping.signal };
    // A handler that throws gets its message again.
    const disposition = await this.#handler(delivery).catch((): Disposition => ({ later: 100 }));
    if (typeof disposition === "object" && "later" in disposition) {
      this.#clock.after(disposition.later, () => this.#group.add(stored));
    }
  }
}

/** What the bus of one replica calls before it sends, so that tests can make it fail. */
export type BusTrap = (call: "bus.publish", message: Message) => void;

/** Streams and broadcasts, in memory, for all replicas of one test. */
export class MemoryBus {
  readonly #clock: Clock;
  /** Everything that the streams took, in order. */
  readonly stored: Message[] = [];
  readonly broadcasts: { readonly subject: string; readonly body: string }[] = [];
  readonly #ids = new Set<string>();
  readonly #groups = new Map<string, Group>();
  readonly #listeners = new Set<{ subject: string; instance: string; hear: (body: string, subject: string) => void }>();
  /** Replicas that broadcasts do not reach. */
  readonly deaf = new Set<string>();
  trap: BusTrap = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Messages of a group that nobody has in hand. */
  waiting({ queue, subject }: Pick<ConsumeOptions, "queue" | "subject">): number {
    return this.#groups.get(`${queue} ${subject}`)?.waiting ?? 0;
  }

  /** The messages stored on a subject. */
  on(subject: string): Message[] {
    return this.stored.filter((message) => message.subject === subject);
  }

  publish(message: Message): void {
    if (message.id !== undefined && this.#ids.has(message.id)) return;
    if (message.id !== undefined) this.#ids.add(message.id);
    this.stored.push(message);
    for (const [name, group] of this.#groups) {
      if (name.endsWith(` ${message.subject}`)) group.add({ message, deliveries: 0 });
    }
  }

  broadcast(subject: string, body: string): void {
    this.broadcasts.push({ subject, body });
    for (const listener of this.#listeners) {
      if (listener.subject === subject && !this.deaf.has(listener.instance)) listener.hear(body, subject);
    }
  }

  /** The bus as one replica sees it. */
  of(instance: string): Bus {
    return {
      publish: async (message) => {
        this.trap("bus.publish", message);
        const duplicate = message.id !== undefined && this.#ids.has(message.id);
        this.publish(message);
        return Promise.resolve({ sequence: this.stored.length, duplicate });
      },
      broadcast: (subject, body) => this.broadcast(subject, body),
      listen: (subject, hear) => {
        const listener = { subject, instance, hear };
        this.#listeners.add(listener);
        return { close: () => this.#listeners.delete(listener) };
      },
      consume: ({ queue, subject, concurrency }, handler) => {
        const name = `${queue} ${subject}`;
        const group = this.#groups.get(name) ?? new Group(this.#clock, this.on(subject));
        this.#groups.set(name, group);
        return Promise.resolve(group.join(concurrency, handler));
      },
      connected: () => !this.deaf.has(instance),
    };
  }
}
