import type { Job, OutboxEntry } from "./jobs.ts";

/** When an entry is delivered: by the writer of the state change, right after it, or later by the sweep. */
export type DeliveryPath = "at-once" | "sweep";

/** Delivers what a state change promised, at least once, and then settles it. */
export interface Outbox {
  /**
   * Delivers one entry now. A failure is not an error of the caller: the entry stays in the job's record, and the
   * sweep delivers it later.
   *
   * @param path - for the metrics. @defaultValue "at-once"
   */
  deliver(job: Pick<Job, "id" | "topic" | "state" | "epoch">, entry: OutboxEntry, path?: DeliveryPath): Promise<void>;
}
