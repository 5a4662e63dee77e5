import { present } from "./present.ts";
import type { RunDraft } from "./run-draft.ts";
import type { StepJobRun, StepRun, StepState } from "./run.ts";

/** How a step ends. */
export interface StepEnd extends Pick<StepRun, "output" | "cause" | "decidedBy"> {
  readonly state: Exclude<StepState, "pending" | "running" | "waiting">;
}

/** Ends a step, once; whatever of its jobs is still under way is cancelled. */
export function endStep(draft: RunDraft, id: string, end: StepEnd, detail: string | undefined = end.cause): void {
  cancelRest(draft, id, end.cause ?? "not_needed");
  const { startedUnixMs, jobs } = draft.step(id);
  const { state, output, cause, decidedBy } = end;
  const kept = present({ startedUnixMs, output, cause, decidedBy, jobs: jobs?.map(withoutOutput) });
  draft.changeStep(id, { state, endedUnixMs: draft.nowUnixMs, ...kept }, `step_${state}`, detail);
}

function cancelRest(draft: RunDraft, step: string, reason: string): void {
  for (const [index, { state, attempt, job }] of (draft.step(step).jobs ?? []).entries()) {
    if (state !== "running" && state !== "backoff" && state !== "pending") continue;
    if (state === "running" && job !== undefined) draft.intend({ kind: "cancel-job", job, reason });
    const cancelled = { state: "cancelled" as const, attempt, ...present({ job }), cause: reason };
    draft.changeJob({ step, index }, cancelled, "job_cancelled", job ?? `job ${index}`);
  }
}

/** The step has it now. */
function withoutOutput({ state, attempt, job, cause }: StepJobRun): StepJobRun {
  return { state, attempt, ...present({ job, cause }) };
}
