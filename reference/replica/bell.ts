import type { Clock } from "../../core/mod.ts";

/** Wakes whoever waits for it. A ring that finds nobody waiting is kept for the next wait. */
export class Bell {
  readonly #clock: Clock;
  #rung = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung.abort();
  }

  /** Waits for a ring, at most this long, and not beyond the signal. Tells whether it rang. */
  async wait(mostMs: number, signal: AbortSignal): Promise<boolean> {
    await this.#clock.sleep(mostMs, AbortSignal.any([this.#rung.signal, signal]));
    const rang = this.#rung.signal.aborted;
    if (rang) this.#rung = new AbortController();
    return rang;
  }
}
