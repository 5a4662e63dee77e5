import type { Clock } from "../../../core/mod.ts";

/**
 * Notices that this process stood still: paused, swapped out or starved. Messages that lie in the socket then look
 * new when they are read, although the stream has given them to another replica meanwhile.
 */
export class StallWatch {
  readonly #clock: Clock;
  readonly #limitMs: number;
  #aliveMs: number;

  /** @param limitMs - standing still for this long is a stall; {@link tick} must be called several times as often */
  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#aliveMs = clock.now();
  }

  /** When this process was last known to run. What is read now was delivered after that, perhaps right after. */
  get aliveMs(): number {
    return this.#aliveMs;
  }

  stalled(): boolean {
    return this.#clock.now() - this.#aliveMs >= this.#limitMs;
  }

  tick(): void {
    this.#aliveMs = this.#clock.now();
  }
}
