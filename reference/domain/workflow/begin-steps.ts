import type { ApprovalStep, ConditionStep, DelayStep, StepDefinition } from "./definition.ts";
import { endStep } from "./end-step.ts";
import { evaluate } from "./expression.ts";
import { isDue } from "./pass-time.ts";
import { present } from "./present.ts";
import type { RunDraft } from "./run-draft.ts";
import type { StepJobRun, StepState } from "./run.ts";
import { evaluated, planStep, scopeOf, StepFailed, type JobStep } from "./step-plan.ts";

/** Begins every step whose dependencies have all succeeded or been skipped, and those that become ready by that. */
export function beginReadySteps(draft: RunDraft): void {
  let ready = readySteps(draft);
  while (ready.length > 0) {
    for (const id of ready) beginStep(draft, id);
    ready = readySteps(draft);
  }
}

function readySteps(draft: RunDraft): string[] {
  const isSettled = (id: string): boolean => settled.has(draft.step(id).state);
  return draft
    .steps()
    .filter(([, { dependsOn }, { state }]) => state === "pending" && dependsOn.every(isSettled))
    .map(([id]) => id);
}

const settled: ReadonlySet<StepState> = new Set(["succeeded", "skipped"]);

function beginStep(draft: RunDraft, id: string): void {
  try {
    const definition = draft.definition(id);
    if (isWanted(draft, id, definition)) beginByType(draft, id, definition);
    else endStep(draft, id, { state: "skipped" }, `not ${definition.when}`);
  } catch (thrown) {
    if (!(thrown instanceof StepFailed)) throw thrown;
    endStep(draft, id, { state: "failed", cause: thrown.message });
  }
}

function isWanted(draft: RunDraft, id: string, { when }: StepDefinition): boolean {
  return when === undefined || isTrue(draft, id, when);
}

function beginByType(draft: RunDraft, id: string, definition: StepDefinition): void {
  switch (definition.type) {
    case "worker":
    case "parallel":
    case "for_each":
      return beginJobs(draft, id, definition);
    case "delay":
      return beginDelay(draft, id, definition);
    case "condition":
      return beginCondition(draft, id, definition);
    case "approval":
      return beginApproval(draft, id, definition);
  }
}

/** Every payload is worked out before the first job starts, so that a step whose template fails does nothing at all. */
function beginJobs(draft: RunDraft, id: string, definition: JobStep): void {
  const plan = planStep(definition, scopeOf(draft.run, id), draft.limits.forEachMaxItems);
  const jobs = Array.from({ length: plan.count }, (_, index): StepJobRun => {
    plan.job(index);
    return { state: "pending", attempt: 0 };
  });
  draft.changeStep(id, { state: "running", startedUnixMs: draft.nowUnixMs, jobs }, "step_started");
  if (jobs.length === 0) endStep(draft, id, { state: "succeeded", output: [] });
}

function beginDelay(draft: RunDraft, id: string, { delayMs = 0, untilUnixMs }: DelayStep): void {
  const dueUnixMs = untilUnixMs ?? draft.nowUnixMs + delayMs;
  draft.changeStep(id, { state: "waiting", startedUnixMs: draft.nowUnixMs, dueUnixMs }, "step_started");
  if (isDue(draft, dueUnixMs)) endStep(draft, id, { state: "succeeded" });
}

function beginCondition(draft: RunDraft, id: string, { expression }: ConditionStep): void {
  const output = isTrue(draft, id, expression);
  draft.changeStep(id, { state: "running", startedUnixMs: draft.nowUnixMs }, "step_started");
  endStep(draft, id, { state: "succeeded", output }, String(output));
}

function beginApproval(draft: RunDraft, id: string, { timeoutMs, prompt }: ApprovalStep): void {
  const dueUnixMs = timeoutMs === undefined ? undefined : draft.nowUnixMs + timeoutMs;
  const waiting = { state: "waiting" as const, startedUnixMs: draft.nowUnixMs, ...present({ dueUnixMs }) };
  draft.changeStep(id, waiting, "step_started", prompt === "" ? undefined : prompt);
}

function isTrue(draft: RunDraft, id: string, expression: string): boolean {
  const value = evaluated(() => evaluate(expression, scopeOf(draft.run, id)));
  if (typeof value !== "boolean") throw new StepFailed(`expression_failed: ${expression} is neither true nor false`);
  return value;
}
