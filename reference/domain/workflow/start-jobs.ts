import { stepJobId } from "../../../core/mod.ts";
import type { StepDefinition } from "./definition.ts";
import { isDue } from "./pass-time.ts";
import { present } from "./present.ts";
import type { RunDraft } from "./run-draft.ts";
import type { StepJobRun } from "./run.ts";
import { planStep, scopeOf, type JobStep, type StepPlan } from "./step-plan.ts";

/** Starts the jobs that may start: those whose backoff is over, and new ones as far as there is room for them. */
export function startJobs(draft: RunDraft): void {
  for (const [id, definition, { state, jobs = [] }] of draft.steps()) {
    const mayStart = jobs.some((job) => job.state === "pending" || isDueAgain(draft, job));
    if (state === "running" && mayStart && isJobStep(definition)) startJobsOf(draft, id, definition, jobs);
  }
}

function startJobsOf(draft: RunDraft, id: string, definition: JobStep, jobs: readonly StepJobRun[]): void {
  // As long as the list was when the step began, whatever the limit is by now.
  const plan = planStep(definition, scopeOf(draft.run, id), jobs.length);
  // A job that waits for its next attempt keeps its place, or others would keep it from ever getting one again.
  let room = plan.maxParallel - jobs.filter(({ state }) => state === "running" || state === "backoff").length;
  for (const [index, job] of jobs.entries()) {
    const isNew = job.state === "pending" && room > 0;
    if (isNew) room -= 1;
    if (isNew || isDueAgain(draft, job)) startAttempt(draft, { step: id, index, attempt: job.attempt + 1 }, plan);
  }
}

function startAttempt(draft: RunDraft, next: { step: string; index: number; attempt: number }, plan: StepPlan): void {
  const { step, index, attempt } = next;
  const definition = draft.definition(step);
  const place = definition.type === "worker" ? { step } : { step, index };
  const job = stepJobId({ run: draft.run.id, ...place, attempt });
  const dueUnixMs = definition.timeoutMs === undefined ? undefined : draft.nowUnixMs + definition.timeoutMs;
  const deadlineUnixMs = earlier(dueUnixMs, draft.run.deadlineUnixMs);
  draft.changeJob({ step, index }, { state: "running", attempt, job, ...present({ dueUnixMs }) }, "job_started", job);
  draft.intend({ kind: "submit-job", job, ...plan.job(index), ...present({ deadlineUnixMs }) });
}

function isDueAgain(draft: RunDraft, { state, dueUnixMs }: StepJobRun): boolean {
  return state === "backoff" && isDue(draft, dueUnixMs);
}

function isJobStep(definition: StepDefinition): definition is JobStep {
  return definition.type === "worker" || definition.type === "parallel" || definition.type === "for_each";
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
