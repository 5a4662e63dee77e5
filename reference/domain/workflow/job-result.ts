import { messageOf } from "../../../core/mod.ts";
import { jsonMistake } from "./json-value.ts";
import type { StepRun } from "./run.ts";

/** Characters of one job's result, and of those of a whole step: they are kept in the run's document. */
const mostOfJob = 256 * 1_024;
const mostOfStep = 4 * mostOfJob;

/** A job's result as a step keeps it, or why it cannot. */
export type Result = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly cause: string };

/**
 * Reads the result of a job; no text is `null`.
 *
 * @param others - what the step's other jobs gave
 */
export function readResult(text: string | undefined, others: readonly unknown[]): Result {
  if (text === undefined) return { ok: true, output: null };
  if (text.length > mostOfJob || text.length + JSON.stringify(others).length > mostOfStep) {
    return { ok: false, cause: `result_too_large: ${text.length} characters` };
  }
  try {
    const output: unknown = JSON.parse(text);
    const mistake = jsonMistake(output);
    return mistake === undefined ? { ok: true, output } : { ok: false, cause: `result_not_kept: it ${mistake}` };
  } catch (thrown) {
    return { ok: false, cause: `result_not_json: ${messageOf(thrown).slice(0, 100)}` };
  }
}

/** What the jobs of a step gave, in their order; `null` for those that gave nothing. */
export function outputsOf({ jobs = [] }: StepRun): unknown[] {
  return jobs.map(({ output }) => output ?? null);
}
