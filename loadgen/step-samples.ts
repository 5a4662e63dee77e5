import { ms, type Duration, type WorkflowStepFact } from "../core/mod.ts";

/** A step of a sample workflow. */
export interface StepSample {
  /** @defaultValue the step before it */
  readonly after?: readonly string[];
  /** The rest of its document, as the API takes it. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly promise: Omit<WorkflowStepFact, "id" | "after">;
}

/** What every step may say. */
export interface StepOptions {
  /** Steps that must have ended before. @defaultValue the step before it; `[]` begins at once */
  readonly after?: readonly string[];
  /** CEL over `input` and `steps`. The sample promises that it is true. */
  readonly when?: string;
}

/** What a step's jobs do. */
export interface WorkOptions extends StepOptions {
  /** How long a worker works on each job. @defaultValue "0ms" */
  readonly work?: Duration;
  /** The first so many attempts of each job fail, without an effect. @defaultValue 0 */
  readonly failAttempts?: number;
  /** How often a job is tried again, and how long after the first failure. @defaultValue never */
  readonly retry?: { readonly max: number; readonly backoff: Duration };
}

const topic = "job.default";

/** One job. */
export function worker(options: WorkOptions = {}): StepSample {
  return step("worker", 1, { topic, input: payload(options), ...retry(options) }, options);
}

/** So many jobs at once, all of which must succeed. */
export function parallel(jobs: number, options: WorkOptions = {}): StepSample {
  const children = Array.from({ length: jobs }, () => ({ topic, input: payload(options) }));
  return step("parallel", jobs, { children, need: "all", ...retry(options) }, options);
}

/** One job for each item of a list, or of what a CEL expression makes of the input: then `jobs` says how many. */
export function forEach(
  items: readonly unknown[] | { readonly expression: string; readonly jobs: number },
  options: WorkOptions & { readonly maxParallel?: number } = {},
): StepSample {
  const [list, jobs] = "expression" in items ? [items.expression, items.jobs] : [items, items.length];
  const template = { topic, input: { ...payload(options), item: "${item}" } };
  const fields = { items: list, template, max_parallel: options.maxParallel ?? jobs, ...retry(options) };
  return step("for_each", jobs, fields, options);
}

/** Waits. */
export function pauseFor(time: Duration, options: StepOptions = {}): StepSample {
  const delayMs = ms(time);
  const sample = step("delay", 0, { delay_sec: delayMs / 1_000 }, options);
  return { ...sample, promise: { ...sample.promise, delayMs } };
}

/** Evaluates an expression, for the `when` of others. */
export function condition(expression: string, options: StepOptions = {}): StepSample {
  return step("condition", 0, { expression }, options);
}

/** Waits for somebody to approve; the harness does. */
export function approval(prompt: string, options: StepOptions = {}): StepSample {
  return step("approval", 0, { prompt }, options);
}

function step(
  type: WorkflowStepFact["type"],
  jobs: number,
  fields: Readonly<Record<string, unknown>>,
  { after, when }: StepOptions,
): StepSample {
  return {
    ...(after === undefined ? {} : { after }),
    fields: { type, ...fields, ...(when === undefined ? {} : { when }) },
    promise: { type, jobs },
  };
}

function payload({ work = "0ms", failAttempts = 0 }: WorkOptions): Readonly<Record<string, number>> {
  return { workMs: ms(work), ...(failAttempts === 0 ? {} : { failAttempts }) };
}

function retry({ retry: policy }: WorkOptions): object {
  if (!policy) return {};
  return { retry: { max_retries: policy.max, initial_backoff_sec: ms(policy.backoff) / 1_000 } };
}
