import { applyEvent } from "./apply-event.ts";
import { beginReadySteps } from "./begin-steps.ts";
import { endRun } from "./end-run.ts";
import { passTime } from "./pass-time.ts";
import { isEnded, isStepEnded } from "./run-queries.ts";
import { RunDraft, type RunLimits } from "./run-draft.ts";
import type { Run, RunChange, RunEvent } from "./run.ts";
import { settleSteps } from "./settle-steps.ts";
import { startJobs } from "./start-jobs.ts";

/**
 * What follows from an event: the run afterwards, and what must be done because of it.
 *
 * The same run, event and moment always give the same change. An event that does not fit changes nothing: the end of
 * an older attempt or of an unknown job, a decision on what does not wait for one, anything after the end. What has
 * happened is taken in before what is due: a result that comes late, but before its attempt was given up, counts.
 */
export function advanceRun(
  run: Run,
  event: RunEvent,
  nowUnixMs: number,
  limits: RunLimits = { forEachMaxItems: 1_000 },
): RunChange {
  const draft = new RunDraft(run, nowUnixMs, limits);
  if (isEnded(run.state) || !applyEvent(draft, event)) return draft.finish();
  for (const phase of [passTime, settleSteps, endIfFailed, endIfDone, endIfLate, begin, endIfFailed, endIfDone]) {
    if (!draft.isOver) phase(draft);
  }
  if (!draft.isOver) startJobs(draft);
  if (!draft.isOver) tellWaiting(draft);
  return draft.finish();
}

function begin(draft: RunDraft): void {
  if (draft.run.state === "pending") draft.changeRun({ state: "running" }, "run_started");
  beginReadySteps(draft);
}

function endIfFailed(draft: RunDraft): void {
  const failed = draft.steps().find(([, , { state }]) => state === "failed" || state === "timed_out");
  if (failed) endRun(draft, "failed", "step_failed", `step ${failed[0]}: ${failed[2].cause}`);
}

function endIfDone(draft: RunDraft): void {
  if (draft.steps().every(([, , { state }]) => isStepEnded(state))) endRun(draft, "succeeded");
}

function endIfLate(draft: RunDraft): void {
  const { deadlineUnixMs } = draft.run;
  if (deadlineUnixMs !== undefined && deadlineUnixMs <= draft.nowUnixMs) endRun(draft, "timed_out", "run_timeout");
}

/** A run waits when nothing of it runs: then an approval or a delay is all that is left to end. */
function tellWaiting(draft: RunDraft): void {
  const isRunning = draft.steps().some(([, , { state }]) => state === "running");
  if (isRunning && draft.run.state === "waiting") draft.changeRun({ state: "running" }, "run_resumed");
  if (!isRunning && draft.run.state === "running") draft.changeRun({ state: "waiting" }, "run_waiting");
}
