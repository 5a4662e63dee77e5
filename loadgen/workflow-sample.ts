import { ms, type Duration, type WorkflowStepFact } from "../core/mod.ts";
import type { StepSample } from "./step-samples.ts";

/** A workflow as a load runs it: what is registered, and what its steps promise. */
export interface WorkflowSample {
  /** As the API takes it. */
  readonly document: WorkflowDocument;
  readonly facts: readonly WorkflowStepFact[];
  /** Of every run. */
  readonly input: unknown;
}

/** The API's JSON document of a workflow. */
export interface WorkflowDocument {
  readonly id: string;
  readonly name: string;
  readonly timeout_sec?: number;
  readonly steps: Readonly<Record<string, object>>;
}

/** What a workflow has besides its steps. */
export interface WorkflowOptions {
  /** Of every run. @defaultValue none */
  readonly input?: unknown;
  /** For the whole run. @defaultValue none */
  readonly timeout?: Duration;
}

/**
 * A workflow of these steps, in this order. A step comes after the one before it, unless it says which.
 *
 * ```ts
 * workflow("order", { reserve: worker(), cool: delay("1s"), ship: worker({ after: ["reserve", "cool"] }) })
 * ```
 */
export function workflow(
  id: string,
  steps: Readonly<Record<string, StepSample>>,
  { input = null, timeout }: WorkflowOptions = {},
): WorkflowSample {
  const entries = Object.entries(steps);
  const before = entries.map((_, index) => entries[index - 1]?.[0]);
  const inOrder = entries.map(([name, step], index) => {
    const after = step.after ?? [before[index] ?? []].flat();
    return { name, after, step };
  });
  const documents = inOrder.map(({ name, after, step }): [string, object] => [
    name,
    { ...step.fields, depends_on: after },
  ]);
  const limit = timeout === undefined ? {} : { timeout_sec: ms(timeout) / 1_000 };
  return {
    document: { id, name: id, ...limit, steps: Object.fromEntries(documents) },
    facts: inOrder.map(({ name, after, step }) => ({ id: name, after, ...step.promise })),
    input,
  };
}

/** Where a workflow is registered, read and started. */
export function workflowPath(id: string): string {
  return `/api/v1/workflows/${encodeURIComponent(id)}`;
}
