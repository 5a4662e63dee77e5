import { messageOf } from "../../core/mod.ts";
import type { Environment } from "../ports/mod.ts";
import { inParallel } from "./in-parallel.ts";

/** Ids asked for at once. */
const pageSize = 200;

/** Jobs visited in one round. A longer list is gone through in several rounds, so that none is left out for ever. */
const mostInRound = 10_000;

/** Jobs visited at the same time. */
const mostAtOnce = 16;

/**
 * Goes through the unfinished jobs, oldest first. Where one round stops for their number, the next one goes on.
 *
 * A visit that fails is logged and keeps nobody else waiting; a page on which all fail ends the round.
 */
export class Sweep {
  readonly #env: Pick<Environment, "jobs" | "log">;
  #offset = 0;

  constructor(env: Pick<Environment, "jobs" | "log">) {
    this.#env = env;
  }

  /** Visits one round's jobs of at least this age. */
  async round(olderThanMs: number, signal: AbortSignal, visit: (id: string) => Promise<void>): Promise<void> {
    for (let visited = 0; visited < mostInRound && !signal.aborted; visited += pageSize) {
      const ids = await this.#env.jobs.unfinished({ olderThanMs, offset: this.#offset, limit: pageSize });
      const failures = await inParallel(ids, mostAtOnce, signal, visit);
      this.#offset = ids.length < pageSize ? 0 : this.#offset + ids.length;
      if (failures.length > 0) this.#report(ids.length, failures);
      if (this.#offset === 0 || failures.length === ids.length) return;
    }
  }

  #report(visits: number, failures: readonly unknown[]): void {
    this.#env.log.warn("visits of jobs failed", { visits, failed: failures.length, first: messageOf(failures[0]) });
  }
}
