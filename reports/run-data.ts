import type { History, RunRecord } from "../core/mod.ts";

/** As much of a run as its figures are made of: also of one that never was a run on disk, such as a simulated one. */
export interface MeasurableRun {
  readonly record: Pick<RunRecord, "lastedMs">;
  readonly history: History;
}

/** A finished run as its folder keeps it. Reports are made from this alone, so last week's run can be shown again. */
export interface RunData {
  readonly record: RunRecord;
  readonly history: History;
}
