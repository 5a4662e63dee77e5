import type { History, RunRecord } from "../core/mod.ts";

/** A finished run as its folder keeps it. Reports are made from this alone, so last week's run can be shown again. */
export interface RunData {
  readonly record: RunRecord;
  readonly history: History;
}
