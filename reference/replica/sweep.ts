import { messageOf } from "../../core/mod.ts";
import type { Log } from "../ports/mod.ts";
import { inParallel } from "./in-parallel.ts";

/** What a sweep goes through, and how. */
export interface SweepOptions {
  /** `jobs`; for the logs. */
  readonly what: string;
  readonly log: Log;
  /** Ids asked for at once. @defaultValue 200 */
  readonly pageSize?: number;
}

/** Ids from the oldest on: a page of them. */
export type Page = (query: { offset: number; limit: number }) => Promise<string[]>;

/** Visited in one round. A longer list is gone through in several rounds, so that none is left out for ever. */
const mostInRound = 10_000;

/** Visited at the same time. */
const mostAtOnce = 16;

/**
 * Goes through what is unfinished, oldest first. Where one round stops for the number, the next one goes on.
 *
 * A visit that fails is logged and keeps nobody else waiting; a page on which all fail ends the round.
 */
export class Sweep {
  readonly #what: string;
  readonly #log: Log;
  readonly #pageSize: number;
  #offset = 0;

  constructor({ what, log, pageSize = 200 }: SweepOptions) {
    this.#what = what;
    this.#log = log;
    this.#pageSize = Math.max(1, pageSize);
  }

  /** Makes one round's visits. */
  async round(page: Page, signal: AbortSignal, visit: (id: string) => Promise<void>): Promise<void> {
    for (let visited = 0; visited < mostInRound && !signal.aborted; visited += this.#pageSize) {
      const ids = await page({ offset: this.#offset, limit: this.#pageSize });
      const failures = await inParallel(ids, mostAtOnce, signal, visit);
      this.#offset = ids.length < this.#pageSize ? 0 : this.#offset + ids.length;
      if (failures.length > 0) this.#report(ids.length, failures);
      if (this.#offset === 0 || failures.length === ids.length) return;
    }
  }

  #report(visits: number, failures: readonly unknown[]): void {
    const facts = { visits, failed: failures.length, first: messageOf(failures[0]) };
    this.#log.warn(`visits of ${this.#what} failed`, facts);
  }
}
