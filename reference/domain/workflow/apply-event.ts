import { stepOfJob } from "../../../core/mod.ts";
import { failAttempt, succeedAttempt } from "./attempts.ts";
import { endRun } from "./end-run.ts";
import { endStep } from "./end-step.ts";
import type { JobPlace, RunDraft } from "./run-draft.ts";
import type { RunEvent } from "./run.ts";

type Event<Kind extends RunEvent["kind"]> = Extract<RunEvent, { kind: Kind }>;

/** Takes in what has happened. False when the event does not fit the run, so that nothing follows from it. */
export function applyEvent(draft: RunDraft, event: RunEvent): boolean {
  switch (event.kind) {
    case "wake":
      return true;
    case "job-ended":
      return applyJobEnd(draft, event);
    case "decide":
      return applyDecision(draft, event);
    case "cancel":
      endRun(draft, "cancelled", "cancelled", `by ${event.by}`);
      return true;
  }
}

function applyJobEnd(draft: RunDraft, { job, state, result, cause }: Event<"job-ended">): boolean {
  const place = findAttempt(draft, job);
  if (!place) return false;
  switch (state) {
    case "SUCCEEDED":
      succeedAttempt(draft, place, result);
      break;
    case "FAILED":
      failAttempt(draft, place, cause ?? "job_failed");
      break;
    case "TIMEOUT":
      failAttempt(draft, place, "timeout");
      break;
    case "CANCELLED":
      // Whoever cancelled the job did not want it done: another attempt would do it after all.
      failAttempt(draft, place, "job_cancelled", { isFinal: true });
      break;
  }
  return true;
}

/** The attempt that a job is, as long as the run waits for its end. */
function findAttempt(draft: RunDraft, id: string): JobPlace | undefined {
  const told = stepOfJob(id);
  if (told?.run !== draft.run.id || !draft.has(told.step)) return undefined;
  const isAlone = draft.definition(told.step).type === "worker";
  if (isAlone !== (told.index === undefined)) return undefined;

  const { state, jobs = [] } = draft.step(told.step);
  const index = told.index ?? 0;
  const job = jobs[index];
  const isOpen = state === "running" && job?.state === "running" && job.attempt === told.attempt;
  return isOpen ? { step: told.step, index } : undefined;
}

function applyDecision(draft: RunDraft, { step, approved, by }: Event<"decide">): boolean {
  const isOpen = draft.has(step) && draft.definition(step).type === "approval" && draft.step(step).state === "waiting";
  if (!isOpen) return false;
  if (approved)
    endStep(draft, step, { state: "succeeded", output: { approved, by }, decidedBy: by }, `approved by ${by}`);
  else endStep(draft, step, { state: "failed", cause: "rejected", decidedBy: by }, `rejected by ${by}`);
  return true;
}
