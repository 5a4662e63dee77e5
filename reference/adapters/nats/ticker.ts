import type { Clock, Timer } from "../../../core/mod.ts";

/** Does several things again and again with one timer, which runs while there is anything to do. */
export class Ticker {
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #tasks = new Set<() => void>();
  #timer: Timer | undefined;

  constructor(clock: Clock, periodMs: number) {
    this.#clock = clock;
    this.#periodMs = periodMs;
  }

  /** The first time within a period from now, and then each period. */
  add(task: () => void): Timer {
    this.#tasks.add(task);
    this.#timer ??= this.#clock.every(this.#periodMs, () => {
      for (const each of this.#tasks) each();
    });
    return { cancel: () => this.#remove(task) };
  }

  #remove(task: () => void): void {
    this.#tasks.delete(task);
    if (this.#tasks.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
