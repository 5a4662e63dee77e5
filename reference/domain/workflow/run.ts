import type { WorkflowDefinition } from "./definition.ts";

/** `waiting`: nothing is under way but an approval or a delay. The last four are ends. */
export type RunState = "pending" | "running" | "waiting" | "succeeded" | "failed" | "cancelled" | "timed_out";

/** The last five are ends. */
export type StepState =
  | "pending"
  | "running"
  | "waiting"
  | "succeeded"
  | "failed"
  | "skipped"
  | "cancelled"
  | "timed_out";

/** One execution of a workflow: everything that decides what happens next is in it. JSON. */
export interface Run {
  /** No `:`, `@` or brackets: the ids of its jobs are made of it. */
  readonly id: string;
  readonly tenant: string;
  readonly traceId: string;
  /** As it was when the run began; a later change of the workflow does not touch it. */
  readonly definition: WorkflowDefinition;
  readonly input: unknown;
  readonly state: RunState;
  /** Why it ended as it did: a code such as `step_failed`. */
  readonly cause?: string;
  readonly createdUnixMs: number;
  readonly deadlineUnixMs?: number;
  readonly endedUnixMs?: number;
  readonly steps: Readonly<Record<string, StepRun>>;
}

/** A step of a run. */
export interface StepRun {
  readonly state: StepState;
  readonly startedUnixMs?: number;
  readonly endedUnixMs?: number;
  /** For the `when` and the inputs of later steps. */
  readonly output?: unknown;
  readonly cause?: string;
  /** For an approval: who decided. */
  readonly decidedBy?: string;
  /** For a delay, when it is over; for an approval, when it has waited long enough. */
  readonly dueUnixMs?: number;
  /** One for a worker step, one for each child of a parallel or for_each; those that have begun, or will. */
  readonly jobs?: readonly StepJobRun[];
}

/** A step's job over its attempts. */
export interface StepJobRun {
  readonly state: "pending" | "running" | "backoff" | "succeeded" | "failed" | "cancelled";
  /** Number of the last attempt that began; 0 before the first. */
  readonly attempt: number;
  /** The id of that attempt's job; see `stepJobId`. */
  readonly job?: string;
  /** While `backoff`: when the next attempt begins. While `running`: when the attempt has lasted long enough. */
  readonly dueUnixMs?: number;
  readonly output?: unknown;
  readonly cause?: string;
}

/** What can happen to a run. */
export type RunEvent =
  /** It begins, or time has passed: begins whatever can begin, and ends whatever is due. Can always be repeated. */
  | { readonly kind: "wake" }
  /** A job has ended, by its record's word. An older attempt's end changes nothing. */
  | {
      readonly kind: "job-ended";
      readonly job: string;
      readonly state: "SUCCEEDED" | "FAILED" | "TIMEOUT" | "CANCELLED";
      /** JSON text. */
      readonly result?: string;
      readonly cause?: string;
    }
  | { readonly kind: "decide"; readonly step: string; readonly approved: boolean; readonly by: string }
  | { readonly kind: "cancel"; readonly by: string };

/** Something that must follow a change of a run; stored with the change and delivered at least once. */
export type RunIntent =
  /** Creates the job (its id makes that repeatable) and hands it to the schedulers. */
  | {
      readonly kind: "submit-job";
      readonly job: string;
      readonly topic: string;
      /** JSON text. */
      readonly payload: string;
      readonly deadlineUnixMs?: number;
    }
  | { readonly kind: "cancel-job"; readonly job: string; readonly reason: string }
  /** Wakes the run at that moment, or soon after. */
  | { readonly kind: "wake-at"; readonly unixMs: number };

/** One line of a run's timeline. */
export interface TimelineEntry {
  readonly unixMs: number;
  /** `step_started`, `step_succeeded`, `run_failed`, … */
  readonly event: string;
  readonly step?: string;
  readonly detail?: string;
}

/** What follows from an event. Nothing has changed when `changed` is false. */
export interface RunChange {
  readonly changed: boolean;
  readonly run: Run;
  readonly intents: readonly RunIntent[];
  readonly timeline: readonly TimelineEntry[];
}
