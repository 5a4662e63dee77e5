import type { HistoryEvent, OperationEvent, RunReadEvent, WorkflowStepFact } from "../core/mod.ts";
import { effect, executed } from "./story.test-support.ts";

/** A step's facts; by default a worker step with one job. */
export function fact(id: string, after: readonly string[], options: Partial<WorkflowStepFact> = {}): WorkflowStepFact {
  return { id, after, type: "worker", jobs: 1, ...options };
}

/** The harness registers a workflow. */
export function registered(workflow: string, ...steps: readonly WorkflowStepFact[]): HistoryEvent {
  return { kind: "workflow", workflow, steps, at: 0, who: "harness" };
}

let operations = 10_000;

/** A client starts a run; by default acknowledged, 2 ms after it was sent. */
export function started(
  run: string,
  workflow: string,
  at: number,
  options: Partial<OperationEvent> = {},
): OperationEvent {
  const where = { load: "orders", via: "gateway-1", client: "load", who: "harness" };
  const times = { intendedAt: at - 2, sentAt: at - 2, at };
  return {
    kind: "op",
    op: "start-run",
    id: ++operations,
    outcome: "ok",
    run,
    workflow,
    ...where,
    ...times,
    ...options,
  };
}

/** Somebody approves a waiting step. */
export function decided(run: string, step: string, at: number): OperationEvent {
  const where = { load: "approver", via: "gateway-1", client: "load", who: "harness" };
  const times = { intendedAt: at - 2, sentAt: at - 2, at };
  return { kind: "op", op: "decide", id: ++operations, outcome: "ok", run, step, ...where, ...times };
}

/** A step's job is executed, and takes effect at the end. */
export function done(job: string, beginAt: number, endAt: number): HistoryEvent[] {
  return [...executed(job, beginAt, { endAt }), effect(job, endAt)];
}

/** A gateway tells about a run. */
export function runRead(run: string, state: string, at: number, options: Partial<RunReadEvent> = {}): RunReadEvent {
  return { kind: "run-read", run, workflow: "order", via: "gateway-1", state, at, who: "harness", ...options };
}
