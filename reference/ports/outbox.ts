import type { Job, OutboxEntry } from "./jobs.ts";

/** Delivers what a state change promised, at least once, and then settles it. */
export interface Outbox {
  /**
   * Delivers one entry now. A failure is not an error of the caller: the entry stays in the job's record, and the
   * sweep delivers it later.
   */
  deliver(job: Pick<Job, "id" | "topic" | "state" | "epoch">, entry: OutboxEntry): Promise<void>;
}
