import type { ForEachStep, JobTemplate, ParallelStep, WorkerStep } from "./definition.ts";
import { ancestorsOf } from "./dependencies.ts";
import { evaluate, ExpressionFailed, type Scope } from "./expression.ts";
import type { Run } from "./run.ts";
import { render } from "./template.ts";

/** Characters of a payload. */
const mostOfPayload = 256 * 1_024;

/** A step cannot be carried out with the values of this run. */
export class StepFailed extends Error {}

/** The steps that give their work to jobs. */
export type JobStep = WorkerStep | ParallelStep | ForEachStep;

/** What a job is handed. */
export interface PlannedJob {
  readonly topic: string;
  /** JSON text. */
  readonly payload: string;
}

/** The jobs of a step, worked out from the run's input and from steps that have ended: it is the same each time. */
export interface StepPlan {
  readonly count: number;
  /** Most jobs under way at once. */
  readonly maxParallel: number;
  /** @throws StepFailed - if the template fails on the values of this run */
  job(index: number): PlannedJob;
}

/** @throws StepFailed - if there is no list to go through, or too long a one */
export function planStep(step: JobStep, scope: Scope, forEachMaxItems: number): StepPlan {
  if (step.type === "worker") return { count: 1, maxParallel: 1, job: () => fill(step, scope) };
  if (step.type === "parallel") {
    const { length } = step.children;
    return { count: length, maxParallel: length, job: (index) => fill(childAt(step, index), scope) };
  }
  const items = itemsOf(step, scope, forEachMaxItems);
  const job = (index: number): PlannedJob => fill(step.template, { ...scope, item: items[index], index });
  return { count: items.length, maxParallel: step.maxParallel, job };
}

/** What the expressions of a step can name. */
export function scopeOf({ input, definition, steps }: Run, step: string): Scope {
  const ended = [...ancestorsOf(step, definition.steps)].map((id) => {
    const { state = "pending", output = null } = steps[id] ?? {};
    return [id, { state, output }] as const;
  });
  return { input, steps: Object.fromEntries(ended) };
}

/** @throws StepFailed - instead of the expression's own error */
export function evaluated<T>(evaluation: () => T): T {
  try {
    return evaluation();
  } catch (thrown) {
    if (thrown instanceof ExpressionFailed)
      throw new StepFailed(`expression_failed: ${thrown.message}`, { cause: thrown });
    throw thrown;
  }
}

function itemsOf({ items }: ForEachStep, scope: Scope, most: number): readonly unknown[] {
  const listed: unknown = typeof items === "string" ? evaluated(() => evaluate(items, scope)) : items;
  if (!Array.isArray(listed)) throw new StepFailed("items_not_a_list: for_each needs a list to go through");
  if (listed.length > most) throw new StepFailed(`too_many_items: ${listed.length}, and the most is ${most}`);
  return listed;
}

function fill({ topic, input }: JobTemplate, scope: Scope): PlannedJob {
  const payload = JSON.stringify(evaluated(() => render(input, scope)));
  if (payload.length > mostOfPayload) throw new StepFailed(`payload_too_large: ${payload.length} characters`);
  return { topic, payload };
}

function childAt({ children }: ParallelStep, index: number): JobTemplate {
  const child = children[index];
  if (!child) throw new Error(`a parallel step has no child ${index}`);
  return child;
}
