import type { Clock, Timer } from "../../core/mod.ts";

/** What a realm's clock runs by. */
export interface RealmTime {
  /** True virtual milliseconds. */
  now(): number;
  /** The wall clock at the start of the run. */
  readonly epochUnixMs: number;
  /** Calls back after so many true milliseconds, in the realm. */
  after(delayMs: number, run: () => void): Timer;
}

/**
 * The clock of one realm. Its wall clock may be off, and jump; both its clocks may run fast or slow. Its monotonic
 * clock never goes back.
 */
export class RealmClock implements Clock {
  readonly #time: RealmTime;
  #rate = 1;
  #anchorTrue = 0;
  #anchorLocal = 0;
  #skewMs = 0;

  constructor(time: RealmTime) {
    this.#time = time;
  }

  now(): number {
    return this.#anchorLocal + (this.#time.now() - this.#anchorTrue) * this.#rate;
  }

  unixMs(): number {
    return Math.floor(this.#time.epochUnixMs + this.now() + this.#skewMs);
  }

  after(delayMs: number, run: () => void): Timer {
    return this.#time.after(Math.max(0, delayMs) / this.#rate, run);
  }

  every(periodMs: number, run: () => void): Timer {
    let timer = this.after(periodMs, again);
    let cancelled = false;
    const clock = this as RealmClock;
    function again(): void {
      run();
      if (!cancelled) timer = clock.after(periodMs, again);
    }
    return {
      cancel() {
        cancelled = true;
        timer.cancel();
      },
    };
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        timer.cancel();
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timer = this.after(delayMs, wake);
      signal?.addEventListener("abort", wake, { once: true });
    });
  }

  /** Moves the wall clock by this much, forward or back. */
  jump(byMs: number): void {
    this.#skewMs += byMs;
  }

  /** From now on, so many of its milliseconds pass in a true one: 1.01 runs one percent fast. */
  drift(rate: number): void {
    if (!(rate > 0)) throw new Error(`a clock cannot run at the rate ${rate}`);
    this.#anchorLocal = this.now();
    this.#anchorTrue = this.#time.now();
    this.#rate = rate;
  }

  /** When, in true time, its monotonic clock shows (or showed) this: exact for times since the last change of rate. */
  trueTimeOf(localMs: number): number {
    return this.#anchorTrue + (localMs - this.#anchorLocal) / this.#rate;
  }
}
