import type { Run, StepRun, TimelineEntry } from "../domain/workflow/mod.ts";
import { timestamp } from "./job-view.ts";

/** A run of a workflow in a list. Times are ISO 8601. */
export function runSummary(run: Run): object {
  return {
    run_id: run.id,
    workflow_id: run.definition.id,
    state: run.state,
    tenant: run.tenant,
    trace_id: run.traceId,
    cause: run.cause ?? null,
    created_at: timestamp(run.createdUnixMs),
    deadline_at: timeOrNull(run.deadlineUnixMs),
    ended_at: timeOrNull(run.endedUnixMs),
  };
}

/** A run by itself, with its steps. */
export function runDetail(run: Run): object {
  const steps = Object.entries(run.steps).map(([id, step]) => [id, stepView(step, run.definition.steps[id]?.type)]);
  return { ...runSummary(run), input: run.input ?? null, steps: Object.fromEntries(steps) as object };
}

function stepView(step: StepRun, type: string | undefined): object {
  const { jobs = [] } = step;
  return {
    ...{
      type: type ?? null,
      state: step.state,
      attempt: jobs.reduce((most, { attempt }) => Math.max(most, attempt), 0),
    },
    cause: step.cause ?? null,
    decided_by: step.decidedBy ?? null,
    ...{ started_at: timeOrNull(step.startedUnixMs), due_at: timeOrNull(step.dueUnixMs) },
    ended_at: timeOrNull(step.endedUnixMs),
    output: step.output ?? null,
    jobs: jobs.map(({ job, state, attempt, cause }) => ({ job_id: job ?? null, state, attempt, cause: cause ?? null })),
  };
}

/** A line of a run's timeline. */
export function timelineItem({ unixMs, event, step, detail }: TimelineEntry): object {
  return { at: timestamp(unixMs), event, step: step ?? null, detail: detail ?? null };
}

function timeOrNull(unixMs: number | undefined): string | null {
  return unixMs === undefined ? null : timestamp(unixMs);
}
