import type { JobState } from "../domain/job-state.ts";
import type { RunEvent } from "../domain/workflow/mod.ts";
import type { Job } from "../ports/mod.ts";

type JobEnd = Extract<RunEvent, { kind: "job-ended" }>;

/** What each end of a job is to its run; nothing for a job that has not ended. */
const ends: Partial<Record<JobState, { readonly state: JobEnd["state"]; readonly cause?: string }>> = {
  SUCCEEDED: { state: "SUCCEEDED" },
  FAILED: { state: "FAILED" },
  TIMEOUT: { state: "TIMEOUT" },
  CANCELLED: { state: "CANCELLED" },
  DENIED: { state: "FAILED", cause: "denied" },
  OUTPUT_QUARANTINED: { state: "FAILED", cause: "output_quarantined" },
};

/**
 * What happened to a run when a job of it ended, by the word of the job's record.
 *
 * @param name - the id that the run gave the job
 */
export function endOfJob({ state: jobState, result, cause: jobCause }: Job, name: string): JobEnd | undefined {
  const end = ends[jobState];
  if (!end) return undefined;
  const cause = jobCause ?? end.cause;
  return {
    kind: "job-ended",
    job: name,
    state: end.state,
    ...(result === undefined ? {} : { result }),
    ...(cause === undefined ? {} : { cause }),
  };
}
