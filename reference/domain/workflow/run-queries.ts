import type { Run, RunState, StepJobRun, StepRun, StepState } from "./run.ts";

/** Whether a run will never change again. */
export function isEnded(state: RunState): boolean {
  return state !== "pending" && state !== "running" && state !== "waiting";
}

/** Whether a step will never change again. */
export function isStepEnded(state: StepState): boolean {
  return state !== "pending" && state !== "running" && state !== "waiting";
}

/**
 * The earliest moment at which time alone changes the run: a delay is over, an attempt or an approval has lasted long
 * enough, a failed job is tried again, the run's deadline. Nothing for a run that has ended.
 *
 * After a `wake` that changed nothing, a timer must be set to this again: what it was set for may be settled already,
 * and something later be due.
 */
export function nextWakeOf(run: Run): number | undefined {
  if (isEnded(run.state)) return undefined;
  if (run.state === "pending") return run.createdUnixMs;
  const moments = Object.values(run.steps).flatMap(dueMomentsOf);
  if (run.deadlineUnixMs !== undefined) moments.push(run.deadlineUnixMs);
  return moments.length === 0 ? undefined : moments.reduce((a, b) => Math.min(a, b));
}

/** Ids of the jobs whose end the run waits for: what a reconciler compares with the jobs' records. */
export function jobsUnderWay(run: Run): string[] {
  return Object.values(run.steps).flatMap(({ jobs = [] }) => jobs.filter(isRunning).flatMap(({ job }) => job ?? []));
}

/** Ids of the approvals that wait for a decision. */
export function openApprovals(run: Run): string[] {
  return Object.entries(run.steps)
    .filter(([id, { state }]) => state === "waiting" && run.definition.steps[id]?.type === "approval")
    .map(([id]) => id);
}

function dueMomentsOf({ state, dueUnixMs, jobs = [] }: StepRun): number[] {
  if (isStepEnded(state)) return [];
  const moments = jobs.map((job) => job.dueUnixMs);
  return [dueUnixMs, ...moments].filter((moment) => moment !== undefined);
}

function isRunning({ state }: StepJobRun): boolean {
  return state === "running";
}
