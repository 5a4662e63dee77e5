import type { Clock } from "../../core/mod.ts";
import type { RunEvent } from "../domain/workflow/mod.ts";

/** More than these are not remembered, and so not given up. */
const mostRemembered = 10_000;

/**
 * Jobs under way whose record is not there, as one leader finds them. A run's promise to make a job is settled only
 * when the record is there, so the store has lost it. Nobody will ever end such a job; it is given up after the time
 * that any job may take, and its step fails, or is tried again.
 */
export class MissingJobs {
  readonly #clock: Pick<Clock, "now">;
  readonly #patienceMs: number;
  /** By job: when it was first found missing. */
  readonly #since = new Map<string, number>();

  constructor(clock: Pick<Clock, "now">, patienceMs: number) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
  }

  /** The end of a job that has been missing for too long. */
  endOf(job: string): RunEvent | undefined {
    const now = this.#clock.now();
    const since = this.#since.get(job) ?? now;
    if (this.#since.size < mostRemembered) this.#since.set(job, since);
    if (now - since < this.#patienceMs) return undefined;
    this.#since.delete(job);
    return { kind: "job-ended", job, state: "FAILED", cause: "record_missing" };
  }

  /** It is there after all. */
  found(job: string): void {
    this.#since.delete(job);
  }
}
