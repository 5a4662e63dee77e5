import { join } from "node:path";

import { readHistory, type RunRecord } from "../../core/mod.ts";
import { measuresOf, type Measure } from "../../reports/mod.ts";
import type { TrialOutcome } from "../run/outcome.ts";
import type { ScheduledRun } from "./schedule.ts";

/** A run of a comparison that is over, however it ended. */
export interface MeasuredRun extends ScheduledRun {
  /** Missing when it could not be run at all. */
  readonly record?: RunRecord;
  readonly folder?: string;
  readonly measures: readonly Measure[];
  /** Why its figures are not used. */
  readonly excluded?: string;
  /** What kept it from being run at all. */
  readonly notRun?: NotRun;
}

/** Why a run did not come about. */
export interface NotRun {
  /** Of the error: `replica_died`. */
  readonly code: string;
  readonly because: string;
}

/** Measures a run. One whose generator was not healthy keeps its figures, for nobody to use. */
export async function measureRun(
  scheduled: ScheduledRun,
  { record, folder }: Pick<TrialOutcome, "record" | "folder">,
): Promise<MeasuredRun> {
  const history = await readHistory(join(folder, "history.jsonl"));
  const measures = measuresOf({ record, history });
  const { healthy, because = "the load generator was not healthy" } = record.generator;
  return { ...scheduled, record, folder, measures, ...(healthy ? {} : { excluded: because }) };
}
