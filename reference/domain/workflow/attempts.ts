import type { RetryPolicy, StepDefinition } from "./definition.ts";
import { outputsOf, readResult } from "./job-result.ts";
import type { JobPlace, RunDraft } from "./run-draft.ts";
import type { StepJobRun } from "./run.ts";

/**
 * The attempt that runs has done its work. A result that cannot be kept fails the job for good: doing it again would
 * not help.
 */
export function succeedAttempt(draft: RunDraft, place: JobPlace, text: string | undefined): void {
  const { attempt, job = "" } = jobAt(draft, place);
  const result = readResult(text, outputsOf(draft.step(place.step)));
  if (!result.ok) return failAttempt(draft, place, result.cause, { isFinal: true });
  draft.changeJob(place, { state: "succeeded", attempt, job, output: result.output }, "job_succeeded", job);
}

/** The attempt that runs has failed: another one follows after a while, unless that was the last. */
export function failAttempt(draft: RunDraft, place: JobPlace, cause: string, { isFinal = false } = {}): void {
  const { attempt, job = "" } = jobAt(draft, place);
  const retry = retryOf(draft.definition(place.step));
  const ended = { attempt, job, cause };
  if (isFinal || !retry || attempt > retry.maxRetries) {
    return draft.changeJob(place, { state: "failed", ...ended }, "job_failed", `${job}: ${cause}`);
  }
  const backoffMs = backoffAfter(attempt, retry);
  const dueUnixMs = draft.nowUnixMs + backoffMs;
  draft.changeJob(
    place,
    { state: "backoff", ...ended, dueUnixMs },
    "job_retrying",
    `${job}: ${cause}; again in ${backoffMs} ms`,
  );
}

/** Whole milliseconds, and at least one. */
function backoffAfter(attempt: number, { initialBackoffMs, maxBackoffMs, multiplier }: RetryPolicy): number {
  return Math.ceil(Math.min(initialBackoffMs * multiplier ** (attempt - 1), maxBackoffMs));
}

function retryOf(definition: StepDefinition): RetryPolicy | undefined {
  return "retry" in definition ? definition.retry : undefined;
}

function jobAt(draft: RunDraft, { step, index }: JobPlace): StepJobRun {
  const job = draft.step(step).jobs?.[index];
  if (!job) throw new Error(`step "${step}" has no job ${index}`);
  return job;
}
