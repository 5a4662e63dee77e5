import type { SweepFailure, SweepResult, SweepRow } from "../../reports/mod.ts";
import { version } from "../version.ts";
import type { CrashPoint } from "./crash-points.ts";
import type { SweepOrder, Swept, SweptPoint } from "./sweep.ts";

/** What is known of a sweep besides what it came to. */
export interface SweepFacts {
  readonly order: SweepOrder;
  readonly wallMs: number;
  readonly interrupted: boolean;
  readonly reproduce: string;
  /** The command that does the run at a point again, for those that were left in folders. */
  readonly replayOf: (point: CrashPoint) => string | undefined;
}

/** The sweep as data, for its reports. */
export function sweepResultOf(
  swept: Swept,
  { order, wallMs, interrupted, reproduce, replayOf }: SweepFacts,
): SweepResult {
  const { scenario, seed } = order.recipe;
  return {
    format: 1,
    seatrial: version,
    ...{ scenario, seed, wallMs, reproduce },
    status: interrupted ? "interrupted" : statusOf(swept),
    calls: swept.calls.length,
    swept: swept.swept.length,
    rows: rowsOf(swept),
    failures: swept.points.flatMap((each) => failureOf(each, replayOf)),
  };
}

/** How a point is written: `before call 2 of jobs.advance:DISPATCHED in scheduler-1`. */
export function pointName({ when, nth, call, name, replica }: CrashPoint): string {
  const known = name === call ? call : `${call} (${name})`;
  return `${when} call ${nth} of ${known} in ${replica}`;
}

/** Two points for each call, or the sweep has not tried what it says. */
function statusOf({ control, swept, points }: Swept): Exclude<SweepResult["status"], "interrupted"> {
  if (points.some(({ report }) => report.outcome === "failed") || control.outcome === "failed") return "failed";
  const isWhole = swept.length > 0 && points.length === 2 * swept.length;
  return isWhole && points.every(({ report }) => report.outcome === "passed") ? "passed" : "inconclusive";
}

/** A row that is still being counted. */
type GrowingRow = { -readonly [Field in keyof SweepRow]: SweepRow[Field] };

function rowsOf({ swept, points }: Swept): SweepRow[] {
  const rows = new Map<string, GrowingRow>();
  const rowOf = ({ replica, name }: { readonly replica: string; readonly name: string }): GrowingRow => {
    const key = `${replica} ${name}`;
    const row = rows.get(key) ?? { replica, call: name, calls: 0, tried: 0, passed: 0, failed: 0, unclear: 0 };
    rows.set(key, row);
    return row;
  };
  for (const call of swept) rowOf(call).calls += 1;
  for (const { point, report } of points) {
    const row = rowOf(point);
    row.tried += 1;
    row[report.outcome === "passed" || report.outcome === "failed" ? report.outcome : "unclear"] += 1;
  }
  return [...rows.values()];
}

function failureOf({ point, report }: SweptPoint, replayOf: SweepFacts["replayOf"]): SweepFailure[] {
  const { outcome, red, because } = report;
  if (outcome === "passed") return [];
  const replay = replayOf(point);
  return [
    {
      ...{ point: pointName(point), outcome, red },
      ...(because === undefined ? {} : { because }),
      ...(replay === undefined ? {} : { replay }),
    },
  ];
}
