import type { JobTemplate, RetryPolicy, StepDefinition, WorkflowDefinition } from "../domain/workflow/mod.ts";
import { timestamp } from "./job-view.ts";

/** A workflow in a list. */
export function workflowSummary({ id, name, steps }: WorkflowDefinition): object {
  return { workflow_id: id, name, steps: Object.keys(steps).length };
}

/** A workflow as a document that could be registered again, with every default filled in. */
export function workflowDocument({ id, name, timeoutMs, steps }: WorkflowDefinition): object {
  return {
    ...{ id, name, ...limit(timeoutMs) },
    steps: Object.fromEntries(Object.entries(steps).map(([step, definition]) => [step, stepDocument(definition)])),
  };
}

function stepDocument(step: StepDefinition): object {
  const { type, dependsOn, when } = step;
  return { type, ...ofType(step), depends_on: dependsOn, ...(when === undefined ? {} : { when }) };
}

/** What is special to each type of step. */
function ofType(step: StepDefinition): object {
  switch (step.type) {
    case "worker":
      return { topic: step.topic, input: step.input, ...attempts(step) };
    case "delay":
      return delay(step);
    case "condition":
      return { expression: step.expression };
    case "parallel":
      return { children: step.children.map(template), need: step.need, ...attempts(step) };
    case "for_each":
      return {
        ...{ items: step.items, template: template(step.template), max_parallel: step.maxParallel },
        ...attempts(step),
      };
    case "approval":
      return { prompt: step.prompt, ...limit(step.timeoutMs) };
  }
}

function template({ topic, input }: JobTemplate): object {
  return { topic, input };
}

function delay({ delayMs, untilUnixMs }: { readonly delayMs?: number; readonly untilUnixMs?: number }): object {
  return {
    ...(delayMs === undefined ? {} : { delay_sec: delayMs / 1_000 }),
    ...(untilUnixMs === undefined ? {} : { delay_until: timestamp(untilUnixMs) }),
  };
}

function attempts({ timeoutMs, retry }: { readonly timeoutMs?: number; readonly retry?: RetryPolicy }): object {
  return { ...limit(timeoutMs), ...(retry === undefined ? {} : { retry: retryDocument(retry) }) };
}

function retryDocument({ maxRetries, initialBackoffMs, maxBackoffMs, multiplier }: RetryPolicy): object {
  return {
    max_retries: maxRetries,
    initial_backoff_sec: initialBackoffMs / 1_000,
    max_backoff_sec: maxBackoffMs / 1_000,
    multiplier,
  };
}

function limit(timeoutMs: number | undefined): object {
  return timeoutMs === undefined ? {} : { timeout_sec: timeoutMs / 1_000 };
}
