import type { RunRecord } from "../core/mod.ts";
import { timeFrame, type TimeFrame } from "./figures/time-frame.ts";
import type { RunData } from "./run-data.ts";
import { renderSections, type RenderedSection } from "./sections.ts";
import { serversNote } from "./servers-note.ts";

/** A report for machines: the record, and every section's figures as exact numbers with their units. */
export interface ReportData {
  /** What must be known before anything else, if there is anything. */
  readonly note?: string;
  readonly record: RunRecord;
  readonly timeFrame: TimeFrame;
  readonly sections: readonly RenderedSection[];
}

/** The report as data. */
export function reportData(run: RunData): ReportData {
  const note = serversNote(run.record);
  const data = { record: run.record, timeFrame: timeFrame(run), sections: renderSections(run) };
  return note === undefined ? data : { note, ...data };
}

/** The report as one JSON object. */
export function renderJson(run: RunData): string {
  return JSON.stringify(reportData(run));
}
