import type { StepDefinition } from "./definition.ts";
import { endStep } from "./end-step.ts";
import { outputsOf } from "./job-result.ts";
import type { RunDraft } from "./run-draft.ts";
import type { StepJobRun } from "./run.ts";

/** Ends the steps whose jobs have decided how: enough have succeeded, or too many have failed. */
export function settleSteps(draft: RunDraft): void {
  for (const [id, , { state, jobs }] of draft.steps()) {
    if (state === "running" && jobs) settle(draft, id, jobs);
  }
}

function settle(draft: RunDraft, id: string, jobs: readonly StepJobRun[]): void {
  const definition = draft.definition(id);
  const needed = neededOf(definition, jobs.length);
  const succeeded = jobs.filter(({ state }) => state === "succeeded").length;
  const failed = jobs.filter(({ state }) => state === "failed");
  if (succeeded >= needed) {
    const outputs = outputsOf({ state: "running", jobs });
    endStep(draft, id, { state: "succeeded", output: definition.type === "worker" ? outputs[0] : outputs });
  } else if (jobs.length - failed.length < needed) {
    const [first] = failed;
    endStep(draft, id, { state: "failed", cause: first?.cause ?? "job_failed" });
  }
}

function neededOf(definition: StepDefinition, jobs: number): number {
  if (definition.type !== "parallel" || definition.need === "all") return jobs;
  return definition.need === "any" ? 1 : definition.need;
}
