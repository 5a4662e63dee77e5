import type { RunEvent } from "../domain/workflow/mod.ts";
import { changeRun } from "./change-run.ts";
import type { Changed } from "./changed.ts";
import type { ChangeContext } from "./engine-context.ts";

/** Events that are applied to a run together. */
interface Batch {
  readonly events: RunEvent[];
  readonly changed: Promise<Changed>;
}

/** More events than this begin another batch. */
const mostInBatch = 500;

/**
 * Changes runs, each by one caller at a time: what comes for a run while this replica is at work on it is gathered,
 * and applied in one step. So a thousand jobs that end together cost a few writes, and do not fight for the lock.
 */
export class RunChanges {
  readonly #context: ChangeContext;
  /** By run: what has not begun yet. */
  readonly #waiting = new Map<string, Batch>();
  /** By run: settles when the last batch is done. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(context: ChangeContext) {
    this.#context = context;
  }

  /** Rejects when Redis is away, or its answer got lost: then the same events may be applied again. */
  apply(run: string, events: readonly RunEvent[]): Promise<Changed> {
    const waiting = this.#waiting.get(run);
    if (!waiting || waiting.events.length >= mostInBatch) return this.#begin(run, events);
    waiting.events.push(...events);
    return waiting.changed;
  }

  #begin(run: string, first: readonly RunEvent[]): Promise<Changed> {
    const before = this.#last.get(run) ?? Promise.resolve();
    const events = [...first];
    const changed = before.then(() => {
      if (this.#waiting.get(run) === batch) this.#waiting.delete(run);
      return changeRun(this.#context, run, events);
    });
    const batch: Batch = { events, changed };
    this.#waiting.set(run, batch);
    this.#follow(run, changed);
    return changed;
  }

  /** The next batch begins however this one ends; whoever asked for this one hears of its failure. */
  #follow(run: string, changed: Promise<Changed>): void {
    const done: Promise<unknown> = Promise.allSettled([changed]).then(() => {
      if (this.#last.get(run) === done) this.#last.delete(run);
    });
    this.#last.set(run, done);
  }
}
