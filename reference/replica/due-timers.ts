import type { Clock, Timer } from "../../core/mod.ts";

/** More than these are left to whoever finds by itself what is due. */
const mostPlanned = 10_000;

/** Done at once. */
const mostAtOnce = 16;

/** Longer than this (24.8 days) no timer of the runtime can be set for. */
const longestDelayMs = 2 ** 31 - 1;

/**
 * The fast path of what is due later: this replica remembers when.
 *
 * Nothing is lost with it: whatever it forgets, drops or fails to do is found by a leader's rounds.
 */
export class DueTimers<Item> {
  readonly #clock: Clock;
  readonly #act: (item: Item) => Promise<void>;
  readonly #timers = new Set<Timer>();
  readonly #due: Item[] = [];
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  /** @param act - does what is due, if it still is; never rejects */
  constructor(clock: Clock, act: (item: Item) => Promise<void>) {
    this.#clock = clock;
    this.#act = act;
  }

  /** Acts on the item after this long, unless too much is planned already, or it is too far away. */
  plan(item: Item, delayMs: number): void {
    if (this.#closed || delayMs > longestDelayMs || this.#timers.size + this.#due.length >= mostPlanned) return;
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      this.#due.push(item);
      this.#pump();
    });
    this.#timers.add(timer);
  }

  /** Forgets everything that has not begun; resolves when what has is done. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.#due.length = 0;
    await Promise.all(this.#running);
  }

  #pump(): void {
    while (this.#running.size < mostAtOnce) {
      const next = this.#due.shift();
      if (next === undefined) return;
      const running = this.#act(next);
      this.#running.add(running);
      void running.then(() => {
        this.#running.delete(running);
        this.#pump();
      });
    }
  }
}
