import type { Clock, Timer } from "../../core/mod.ts";
import type { Bytes } from "../bytes.ts";
import type { Client } from "./client.ts";
import type { Reply } from "./reply.ts";
import type { Waiting } from "./waiting.ts";

/** A client that waits. */
export interface Waiter {
  readonly client: Client;
  readonly waiting: Waiting;
  readonly reply: (reply: Reply) => void;
}

/** The clients that wait for a key or for replicas, in the order in which they came. */
export class Waits {
  readonly #clock: Clock;
  readonly #waiters = new Map<Client, Waiter>();
  readonly #timers = new Map<Client, Timer>();
  #ready = new Map<string, { readonly database: number; readonly key: Bytes }>();
  #acknowledged = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiters.size;
  }

  add(waiter: Waiter): void {
    const { client, waiting, reply } = waiter;
    this.#waiters.set(client, waiter);
    if (waiting.timeoutMs === 0) return;
    const timer = this.#clock.after(waiting.timeoutMs, () => {
      this.remove(client);
      reply(waiting.otherwise());
    });
    this.#timers.set(client, timer);
  }

  remove(client: Client): void {
    this.#waiters.delete(client);
    this.#timers.get(client)?.cancel();
    this.#timers.delete(client);
  }

  /** Sends everyone away. */
  end(reply: Reply): void {
    for (const waiter of [...this.#waiters.values()]) {
      this.remove(waiter.client);
      waiter.reply(reply);
    }
  }

  /** A key has changed. */
  signal(database: number, key: Bytes): void {
    if (this.#waiters.size > 0) this.#ready.set(`${database}:${key}`, { database, key });
  }

  /** A replica has acknowledged. */
  signalAcknowledged(): void {
    this.#acknowledged = true;
  }

  /** Lets those whose keys have changed try again, key by key. `attempt` answers nothing when they must wait on. */
  serve(attempt: (waiter: Waiter) => Reply | undefined): void {
    while (this.#ready.size > 0 || this.#acknowledged) {
      const changed = [...this.#ready.values()];
      const isAcknowledged = this.#acknowledged;
      this.#ready = new Map();
      this.#acknowledged = false;
      if (isAcknowledged) this.#try(({ waiting }) => waiting.keys.length === 0, attempt);
      for (const { database, key } of changed) {
        this.#try(({ client, waiting }) => client.database === database && waiting.keys.includes(key), attempt);
      }
    }
  }

  #try(concerns: (waiter: Waiter) => boolean, attempt: (waiter: Waiter) => Reply | undefined): void {
    for (const waiter of [...this.#waiters.values()].filter(concerns)) {
      const reply = attempt(waiter);
      if (reply === undefined) continue;
      this.remove(waiter.client);
      waiter.reply(reply);
    }
  }
}
