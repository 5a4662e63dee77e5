import type { FaultWindow } from "../../core/mod.ts";
import type { MeasurableRun } from "../run-data.ts";

/** What all pictures of a run have in common: one axis of time, and the fault windows behind it. */
export interface TimeFrame {
  readonly endMs: number;
  readonly bands: readonly Band[];
}

/** A fault window, to be shaded. */
export interface Band {
  /** Short enough to stand above a narrow band: `2`. */
  readonly label: string;
  /** `kill scheduler-2` */
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The time frame of a run. Faults that never struck (a trap that did not spring) shade nothing. */
export function timeFrame({ record, history }: MeasurableRun): TimeFrame {
  const endMs = Math.max(1, record.lastedMs, history.endedAt);
  return { endMs, bands: history.faults.flatMap((fault, index) => bandOf(fault, index, endMs)) };
}

/** The number and the rest of a fault's name: `2 kill scheduler-2` is `["2", "kill scheduler-2"]`. */
export function faultName(fault: FaultWindow, index: number): readonly [label: string, name: string] {
  const parts = /^(\d+) (.+)$/s.exec(fault.fault);
  return parts ? [parts[1] ?? "", parts[2] ?? ""] : [`${index + 1}`, fault.fault];
}

function bandOf(fault: FaultWindow, index: number, endMs: number): Band[] {
  if (fault.struckAt === undefined) return [];
  const [label, name] = faultName(fault, index);
  return [{ label, name, fromMs: fault.struckAt, toMs: fault.healAt ?? endMs }];
}
