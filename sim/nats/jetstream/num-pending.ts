import type { ConsumerConfig } from "./consumer-config.ts";
import type { MessageStore } from "./message-store.ts";
import type { Progress } from "./progress.ts";

/** Whose messages are counted. */
export interface Counted {
  readonly config: ConsumerConfig;
  readonly progress: Progress;
  readonly home: { readonly store: MessageStore };
}

/**
 * How many messages of the stream a consumer has still to deliver, counted along as the server does.
 *
 * It is exact when it is counted anew, and may be off in between, for instance after a purge.
 */
export class NumPending {
  readonly #consumer: Counted;
  #count = 0;
  /** The last message that was there when it was counted; 0 when there was none. */
  #upTo = 0;

  constructor(consumer: Counted) {
    this.#consumer = consumer;
  }

  /** As the server believes it to be. */
  get value(): number {
    if (this.#upTo === 0) this.recount();
    return Math.max(0, this.#count);
  }

  recount(): number {
    const { config, home, progress } = this.#consumer;
    const filter = config.filter_subject;
    if (config.deliver_policy === "last_per_subject") {
      const last = home.store.linesOf(filter ?? ">").map(([, line]) => line.at(-1)!);
      const ahead = last.filter((sequence) => sequence >= progress.nextSequence);
      [this.#count, this.#upTo] = [ahead.length, Math.max(0, ...ahead)];
    } else {
      const { count, last } = home.store.select(progress.nextSequence, filter);
      [this.#count, this.#upTo] = [count, last];
    }
    return this.#count;
  }

  stored(sequence: number): void {
    if (sequence > this.#upTo) this.#count += 1;
  }

  delivered(): void {
    if (this.#upTo > 0) this.#count -= 1;
  }

  undelivered(): void {
    if (this.#upTo > 0) this.#count += 1;
  }

  removed(sequence: number): void {
    if (sequence > this.#upTo) this.#count -= 1;
  }
}
