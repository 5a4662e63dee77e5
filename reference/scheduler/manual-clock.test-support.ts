import type { Clock, Timer } from "../../core/mod.ts";

interface Planned {
  dueMs: number;
  readonly periodMs: number | undefined;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. Between two timers everything that can happen happens. */
export class ManualClock implements Clock {
  readonly #planned = new Set<Planned>();
  #nowMs = 0;
  /** Wall clock minus monotonic clock. */
  readonly epochMs = 1_700_000_000_000;

  now(): number {
    return this.#nowMs;
  }

  unixMs(): number {
    return this.epochMs + this.#nowMs;
  }

  after(delayMs: number, run: () => void): Timer {
    return this.#plan({ dueMs: this.#nowMs + delayMs, periodMs: undefined, run });
  }

  every(periodMs: number, run: () => void): Timer {
    return this.#plan({ dueMs: this.#nowMs + periodMs, periodMs, run });
  }

  async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = this.after(delayMs, resolve);
      signal?.addEventListener("abort", () => {
        timer.cancel();
        resolve();
      });
    });
  }

  /** How many timers are still to come. */
  get pending(): number {
    return this.#planned.size;
  }

  /** Lets time pass. */
  async advance(forMs: number): Promise<void> {
    const untilMs = this.#nowMs + forMs;
    await quiet();
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      if (next.periodMs === undefined) this.#planned.delete(next);
      else next.dueMs += next.periodMs;
      next.run();
      await quiet();
    }
    this.#nowMs = untilMs;
  }

  /** The process was paused for so long: time has passed, and no timer has run yet. */
  jump(forMs: number): void {
    this.#nowMs += forMs;
  }

  #plan(planned: Planned): Timer {
    this.#planned.add(planned);
    return { cancel: () => this.#planned.delete(planned) };
  }

  #next(untilMs: number): Planned | undefined {
    let first: Planned | undefined;
    for (const planned of this.#planned) {
      if (planned.dueMs <= untilMs && (!first || planned.dueMs < first.dueMs)) first = planned;
    }
    return first;
  }
}

/** Resolves when nothing is left to do that does not wait for the clock: twice, since a macrotask may start more. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}
