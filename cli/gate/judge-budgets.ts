import { cellText } from "../../reports/mod.ts";
import { median } from "../../statistics/mod.ts";
import { valueOf } from "../compare/compare-measures.ts";
import type { MeasuredRun } from "../compare/measured-run.ts";
import type { Finding } from "./finding.ts";
import type { Budget } from "./policy.ts";

/** The candidate's median over its runs, against the bound. */
export function judgeBudget({ measure, bound, value: limit }: Budget, candidate: readonly MeasuredRun[]): Finding {
  const text = (value: number): string => cellText({ value, unit: measure.unit });
  const name = `${measure.title} is ${bound === "atMost" ? "at most" : "at least"} ${text(limit)}`;
  const values = candidate.flatMap((run) => valueOf(run, measure.id) ?? []);
  if (values.length === 0) return { name, status: "inconclusive", summary: whyMissing(measure.id, candidate) };
  const middle = median(values);
  const isKept = bound === "atMost" ? middle <= limit : middle >= limit;
  const spread = `${text(Math.min(...values))} to ${text(Math.max(...values))}`;
  const summary = `Measured ${text(middle)}, the median of ${values.length} runs (${spread}); the limit is ${text(limit)}.`;
  return { name, status: isKept ? "passed" : "failed", summary };
}

/** Why no run could tell a measure. */
export function whyMissing(id: string, runs: readonly MeasuredRun[]): string {
  const because = runs.flatMap(({ measures }) => measures.find((measure) => measure.id === id)?.because ?? [])[0];
  return `Not measured: ${because ?? "no run can be used"}.`;
}
