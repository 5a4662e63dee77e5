import { messageOf } from "../../core/mod.ts";
import type { Log } from "../ports/mod.ts";
import { inParallel } from "./in-parallel.ts";

/** What a sweep goes through, and how. */
export interface SweepOptions {
  /** `jobs`; for the logs. */
  readonly what: string;
  readonly log: Log;
  /** Ids visited before the sweep asks itself whether it makes sense to go on. @defaultValue 200 */
  readonly pageSize?: number;
}

/** Ids from the oldest on. */
export type ListIds = (query: { offset: number; limit: number }) => Promise<string[]>;

/** Visited in one round. A longer list is gone through in several rounds, so that none is left out for ever. */
const mostInRound = 10_000;

/** Visited at the same time. */
const mostAtOnce = 16;

/**
 * Goes through what is unfinished, oldest first. Where one round stops for the number, the next one goes on.
 *
 * A round lists everything that it will visit before it begins: visits take entries off the list, and whatever stands
 * behind them moves up, past a page that is read later.
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
  async round(list: ListIds, signal: AbortSignal, visit: (id: string) => Promise<void>): Promise<void> {
    const ids = await list({ offset: this.#offset, limit: mostInRound });
    this.#offset = ids.length < mostInRound ? 0 : this.#offset + ids.length;
    for (let visited = 0; visited < ids.length && !signal.aborted; visited += this.#pageSize) {
      const page = ids.slice(visited, visited + this.#pageSize);
      const failures = await inParallel(page, mostAtOnce, signal, visit);
      if (failures.length > 0) this.#report(page.length, failures);
      if (failures.length === page.length) return;
    }
  }

  #report(visits: number, failures: readonly unknown[]): void {
    const facts = { visits, failed: failures.length, first: messageOf(failures[0]) };
    this.#log.warn(`visits of ${this.#what} failed`, facts);
  }
}
