import type { Clock, Timer } from "../../core/mod.ts";

/** More than these wait in the reconciler's hands instead: it finds every retry that is due. */
const mostPlanned = 10_000;

/** Retries done at once. */
const mostAtOnce = 16;

interface DueRetry {
  readonly job: string;
  readonly epoch: number;
}

/**
 * The fast path of retries: this replica remembers when the backoff of a job that it put into RETRYING is over.
 *
 * Nothing is lost with it: whatever it forgets, drops or fails to do is found by the reconciler.
 */
export class RetryTimers {
  readonly #clock: Clock;
  readonly #retry: (job: string, epoch: number) => Promise<void>;
  readonly #timers = new Set<Timer>();
  readonly #due: DueRetry[] = [];
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  /** @param retry - dispatches the job again if it still waits for the end of this attempt's backoff; never rejects */
  constructor(clock: Clock, retry: (job: string, epoch: number) => Promise<void>) {
    this.#clock = clock;
    this.#retry = retry;
  }

  /** Retries the job after the backoff of the attempt with this epoch. */
  plan(job: string, epoch: number, delayMs: number): void {
    if (this.#closed || this.#timers.size + this.#due.length >= mostPlanned) return;
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      this.#due.push({ job, epoch });
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
      if (!next) return;
      const running = this.#retry(next.job, next.epoch);
      this.#running.add(running);
      void running.then(() => {
        this.#running.delete(running);
        this.#pump();
      });
    }
  }
}
