import type { Clock } from "../../core/mod.ts";

/** How many attempts may run at once, over all of a worker's subjects together. First come, first served. */
export class Slots {
  readonly #clock: Clock;
  readonly #count: number;
  readonly #waiting = new Set<(got: boolean) => void>();
  #free: number;

  constructor(clock: Clock, count: number) {
    this.#clock = clock;
    this.#count = count;
    this.#free = count;
  }

  get taken(): number {
    return this.#count - this.#free;
  }

  /** Takes a slot, and tells whether it got one: it gives up after this long, or when the signal aborts. */
  take(patienceMs: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    if (this.#free === 0) return this.#queueUp(patienceMs, signal);
    this.#free -= 1;
    return Promise.resolve(true);
  }

  /** Gives a slot back: to who has waited longest, if anybody does. */
  give(): void {
    const [longest] = this.#waiting;
    if (longest) longest(true);
    else this.#free += 1;
  }

  #queueUp(patienceMs: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (got: boolean): void => {
        this.#waiting.delete(answer);
        timer.cancel();
        signal.removeEventListener("abort", giveUp);
        resolve(got);
      };
      const giveUp = (): void => answer(false);
      const timer = this.#clock.after(patienceMs, giveUp);
      signal.addEventListener("abort", giveUp);
      this.#waiting.add(answer);
    });
  }
}
