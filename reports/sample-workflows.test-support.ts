import type { EffectEvent, JobHistory, OperationEvent, RunReadEvent, WorkflowEvent } from "../core/mod.ts";
import type { RunData } from "./run-data.ts";

/** A made-up run, with runs of a workflow of three steps in it; the second step's first attempt always fails. */
export function withSampleWorkflows(run: RunData, runs = 30): RunData {
  const { history } = run;
  const starts = Array.from({ length: runs }, (_, index) => sampleStart(index, history.endedAt));
  const jobs = starts.flatMap(sampleStepJobs);
  return {
    ...run,
    history: {
      ...history,
      operations: [...history.operations, ...starts].toSorted((a, b) => a.at - b.at),
      jobs: new Map([...history.jobs, ...jobs.map((job) => [job.id, job] as const)]),
      workflows: [sampleWorkflow],
      runReads: starts.map(({ run: id = "" }) => sampleRead(id, history.endedAt)),
    },
  };
}

const sampleWorkflow: WorkflowEvent = {
  ...{ kind: "workflow", workflow: "order", at: 0, who: "harness" },
  steps: [
    { id: "reserve", after: [], type: "worker", jobs: 1 },
    { id: "charge", after: ["reserve"], type: "worker", jobs: 1 },
    { id: "cool", after: ["charge"], type: "delay", jobs: 0, delayMs: 50 },
    { id: "inform", after: ["cool"], type: "parallel", jobs: 2 },
  ],
};

function sampleStart(index: number, lastedMs: number): OperationEvent {
  const at = lastedMs * 0.1 + index * 10;
  const where = { load: "orders", via: "gateway-1", client: "load", who: "harness" };
  const times = { at, sentAt: at - 3, intendedAt: at - 3 };
  return {
    ...{ kind: "op", op: "start-run", id: 1_000_000 + index, outcome: "ok", status: 202 },
    ...{ run: `run-${index}`, workflow: "order", ...where, ...times },
  };
}

/** reserve 10 to 20, charge 30 to 35 in vain and 40 to 60, inform 110 to 130, counted from the acknowledgement. */
function sampleStepJobs({ run = "", at }: OperationEvent): JobHistory[] {
  return [
    stepJob(`${run}:reserve@1`, at + 10, at + 20),
    { ...stepJob(`${run}:charge@1`, at + 30, at + 35), effects: [] },
    stepJob(`${run}:charge@2`, at + 40, at + 60),
    stepJob(`${run}:inform[0]@1`, at + 110, at + 120),
    stepJob(`${run}:inform[1]@1`, at + 110, at + 130),
  ];
}

function stepJob(id: string, beginAt: number, endAt: number): JobHistory {
  const execution = {
    execution: `${id}/1`,
    epoch: 1,
    worker: "worker-1",
    beginAt,
    endAt,
    outcome: "succeeded",
  } as const;
  const effect: EffectEvent = {
    ...{ kind: "effect", who: "sink", at: endAt, job: id, epoch: 1, worker: "worker-1", decision: "accepted" },
  };
  const unseen = { acknowledgedAt: undefined, load: undefined, dispatches: [], writes: [], reads: [] };
  return { id, ...unseen, executions: [execution], effects: [effect] };
}

function sampleRead(run: string, at: number): RunReadEvent {
  return { kind: "run-read", run, workflow: "order", via: "gateway-1", state: "succeeded", at, who: "harness" };
}
