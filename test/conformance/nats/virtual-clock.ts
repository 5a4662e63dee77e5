import type { Clock, Timer } from "../../../core/mod.ts";

interface Due {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to go on. Its timers run in their order, each at its own time. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Due>();
  readonly #epochUnixMs = Date.UTC(2026, 0, 1);
  #nowMs = 0;

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#nowMs;
  }

  unixMs(): number {
    return this.#epochUnixMs + this.#nowMs;
  }

  after(delayMs: number, run: () => void): Timer {
    const due = { atMs: this.#nowMs + delayMs, run };
    this.#timers.add(due);
    return { cancel: () => void this.#timers.delete(due) };
  }

  every(periodMs: number, run: () => void): Timer {
    let timer: Timer;
    const again = (): void => {
      timer = this.after(periodMs, again);
      run();
    };
    timer = this.after(periodMs, again);
    return { cancel: () => timer.cancel() };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.after(delayMs, resolve));
  }

  /** Lets so much time pass. */
  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    while (this.#step(endMs));
    this.#nowMs = endMs;
  }

  /** Lets time pass until something is so. @returns whether it came so within this long */
  advanceUntil(isSo: () => boolean, withinMs: number): boolean {
    const endMs = this.#nowMs + withinMs;
    while (!isSo()) if (!this.#step(endMs)) return false;
    return true;
  }

  #step(endMs: number): boolean {
    const next = [...this.#timers].reduce<Due | undefined>((soonest, one) => {
      return soonest && soonest.atMs <= one.atMs ? soonest : one;
    }, undefined);
    if (!next || next.atMs > endMs) return false;
    this.#timers.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.run();
    return true;
  }
}
