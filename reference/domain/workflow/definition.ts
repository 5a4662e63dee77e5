/** A workflow: steps, and what each waits for. Checked by `parseDefinition`, so that whoever has one can rely on it. */
export interface WorkflowDefinition {
  /** Letters, digits, `.`, `_` and `-`; at most 128. */
  readonly id: string;
  readonly name: string;
  /** The whole run must end within this long; then it is `timed_out`. */
  readonly timeoutMs?: number;
  /** By step id, in the order of the definition. At most 200. */
  readonly steps: Readonly<Record<string, StepDefinition>>;
}

interface AnyStep {
  /** Ids of steps that must have succeeded (or been skipped) before this one begins. */
  readonly dependsOn: readonly string[];
  /** CEL over `input` and `steps`; the step is skipped when it is false. */
  readonly when?: string;
  /** Of one attempt of a worker's job, of an approval's wait; the step then fails, or is tried again. */
  readonly timeoutMs?: number;
}

/** A step as a run carries it out. */
export type StepDefinition = WorkerStep | DelayStep | ConditionStep | ParallelStep | ForEachStep | ApprovalStep;

/** What a job of a step is given. */
export interface JobTemplate {
  /** `job.default` */
  readonly topic: string;
  /** JSON. A text that is one `${...}` becomes the value of its CEL expression; one that contains such, a text. */
  readonly input: unknown;
}

/**
 * How often a failed job is tried again, and how long after: the n-th wait is `initial * multiplier^(n-1)`, and at
 * most `max`.
 */
export interface RetryPolicy {
  /** Further attempts after the first. */
  readonly maxRetries: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly multiplier: number;
}

/** One job. */
export interface WorkerStep extends AnyStep, JobTemplate {
  readonly type: "worker";
  readonly retry?: RetryPolicy;
}

/** Waits, for so long or until that moment. Nobody is occupied meanwhile. */
export interface DelayStep extends AnyStep {
  readonly type: "delay";
  readonly delayMs?: number;
  readonly untilUnixMs?: number;
}

/** Evaluates an expression; its output is true or false, for the `when` of others. */
export interface ConditionStep extends AnyStep {
  readonly type: "condition";
  readonly expression: string;
}

/** Several jobs at once. */
export interface ParallelStep extends AnyStep {
  readonly type: "parallel";
  readonly children: readonly JobTemplate[];
  /** How many must succeed; the rest is cancelled then. `all` of them, `any` one, or a number. */
  readonly need: "all" | "any" | number;
  readonly retry?: RetryPolicy;
}

/** One job for each item of a list. `item` and `index` are in scope of the template. */
export interface ForEachStep extends AnyStep {
  readonly type: "for_each";
  /** A list, or CEL that makes one. */
  readonly items: readonly unknown[] | string;
  readonly template: JobTemplate;
  /** Most jobs under way at once. */
  readonly maxParallel: number;
  readonly retry?: RetryPolicy;
}

/** Waits for a person. */
export interface ApprovalStep extends AnyStep {
  readonly type: "approval";
  readonly prompt: string;
}
