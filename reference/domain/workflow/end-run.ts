import { endStep } from "./end-step.ts";
import { present } from "./present.ts";
import { isStepEnded } from "./run-queries.ts";
import type { RunDraft } from "./run-draft.ts";
import type { RunState } from "./run.ts";

/** Ends a run, for good; steps that have not ended are cancelled. */
export function endRun(
  draft: RunDraft,
  state: Exclude<RunState, "pending" | "running" | "waiting">,
  cause?: string,
  detail = cause,
): void {
  for (const [id, , step] of draft.steps()) {
    if (!isStepEnded(step.state)) endStep(draft, id, { state: "cancelled", ...present({ cause }) });
  }
  draft.changeRun({ state, ...present({ cause }), endedUnixMs: draft.nowUnixMs }, `run_${state}`, detail);
}
