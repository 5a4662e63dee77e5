import type { Clock, Timer } from "../../core/mod.ts";

/** One timer that can be set again. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #timer: Timer | undefined;
  #dueMs = Infinity;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  get isSet(): boolean {
    return this.#timer !== undefined;
  }

  /** Rings after so long, and not when it would have before. */
  reset(delayMs: number): void {
    this.clear();
    this.#dueMs = this.#clock.now() + delayMs;
    this.#timer = this.#clock.after(delayMs, () => {
      this.#timer = undefined;
      this.#dueMs = Infinity;
      this.#ring();
    });
  }

  /** Rings at this moment at the latest; too early does no harm, and spares setting it for each message. */
  by(dueMs: number): void {
    if (dueMs < this.#dueMs) this.reset(Math.max(0, dueMs - this.#clock.now()));
  }

  clear(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#dueMs = Infinity;
  }
}
