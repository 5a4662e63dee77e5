import { failAttempt } from "./attempts.ts";
import { endStep } from "./end-step.ts";
import type { RunDraft } from "./run-draft.ts";

/** Ends what has lasted long enough: delays, the wait for an approval, attempts. */
export function passTime(draft: RunDraft): void {
  for (const [id, { type }, { state, dueUnixMs }] of draft.steps()) {
    if (state === "running") giveUpAttempts(draft, id);
    if (state !== "waiting" || !isDue(draft, dueUnixMs)) continue;
    if (type === "delay") endStep(draft, id, { state: "succeeded" });
    else endStep(draft, id, { state: "timed_out", cause: "timeout" });
  }
}

/** Whether that moment has come. */
export function isDue(draft: RunDraft, unixMs: number | undefined): boolean {
  return unixMs !== undefined && unixMs <= draft.nowUnixMs;
}

function giveUpAttempts(draft: RunDraft, step: string): void {
  for (const [index, { state, job, dueUnixMs }] of (draft.step(step).jobs ?? []).entries()) {
    if (state !== "running" || job === undefined || !isDue(draft, dueUnixMs)) continue;
    draft.intend({ kind: "cancel-job", job, reason: "timeout" });
    failAttempt(draft, { step, index }, "timeout");
  }
}
