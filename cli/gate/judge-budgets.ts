import { cellText } from "../../reports/mod.ts";
import { median } from "../../statistics/mod.ts";
import { valueOf } from "../compare/compare-measures.ts";
import type { MeasuredRun } from "../compare/measured-run.ts";
import type { Finding } from "./finding.ts";
import type { Budget } from "./policy.ts";

/**
 * The candidate's median over its runs, against the bound. A count is held against it in the worst run: what must not
 * happen may not happen in one run of three either.
 */
export function judgeBudget({ measure, bound, value: limit }: Budget, candidate: readonly MeasuredRun[]): Finding {
  const text = (value: number): string => cellText({ value, unit: measure.unit });
  const name = `${measure.title} is ${bound === "atMost" ? "at most" : "at least"} ${text(limit)}`;
  const values = candidate.flatMap((run) => valueOf(run, measure.id) ?? []);
  if (values.length === 0) return { name, status: "inconclusive", summary: whyMissing(measure.id, candidate) };
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isCount = measure.unit === "count";
  const judged = isCount ? (bound === "atMost" ? most : least) : median(values);
  const isKept = bound === "atMost" ? judged <= limit : judged >= limit;
  const which = `${isCount ? "in the worst" : "the median"} of ${values.length} runs (${text(least)} to ${text(most)})`;
  const summary = `Measured ${text(judged)}, ${which}; the limit is ${text(limit)}.`;
  return { name, status: isKept ? "passed" : "failed", summary };
}

/** Why no run could tell a measure. */
export function whyMissing(id: string, runs: readonly MeasuredRun[]): string {
  const because = runs.flatMap(({ measures }) => measures.find((measure) => measure.id === id)?.because ?? [])[0];
  return `Not measured: ${because ?? "no run can be used"}.`;
}
