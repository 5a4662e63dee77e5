import type { Clock } from "../../core/mod.ts";

/** Wakes whoever waits for it, one at a time. A ring that finds nobody waiting is kept for the next wait. */
export class Bell {
  readonly #clock: Clock;
  #hasRung = false;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /** Waits for a ring, at most this long, and not beyond the signal. Tells whether it rang. */
  async wait(mostMs: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#hasRung && !signal.aborted) await this.#silence(mostMs, signal);
    const rang = this.#hasRung;
    this.#hasRung = false;
    return rang;
  }

  /** By hand: a signal made of two, for each round, is slow, and outlives its round. */
  #silence(mostMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        timer.cancel();
        signal.removeEventListener("abort", wake);
        this.#wake = undefined;
        resolve();
      };
      const timer = this.#clock.after(mostMs, wake);
      signal.addEventListener("abort", wake);
      this.#wake = wake;
    });
  }
}
