import type { Environment } from "../ports/mod.ts";
import { Sweep } from "../replica/sweep.ts";

/** Goes through the unfinished jobs, oldest first, in as many rounds as it takes. */
export class JobSweep {
  readonly #jobs: Environment["jobs"];
  readonly #sweep: Sweep;

  constructor({ jobs, log }: Pick<Environment, "jobs" | "log">) {
    this.#jobs = jobs;
    this.#sweep = new Sweep({ what: "jobs", log });
  }

  /** Visits one round's jobs of at least this age. */
  round(olderThanMs: number, signal: AbortSignal, visit: (id: string) => Promise<void>): Promise<void> {
    return this.#sweep.round((query) => this.#jobs.unfinished({ olderThanMs, ...query }), signal, visit);
  }
}
