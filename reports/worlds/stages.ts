import type { History, JobHistory } from "../../core/mod.ts";
import { endToEndMs, journeys } from "../figures/journeys.ts";
import { acknowledged, latencyMs, submissions } from "../figures/submissions.ts";

/** A part of a job's way, with how long it took each time. */
export interface Stage {
  readonly id: string;
  readonly title: string;
  readonly durationsMs: readonly number[];
}

/** The way of jobs in stages: each begins where the one before it ended, and the last goes over all of them. */
export function stagesOf(history: History): Stage[] {
  const jobs = [...history.jobs.values()];
  return [
    {
      id: "submit",
      title: "due to acknowledged",
      durationsMs: acknowledged(submissions(history.operations)).map(latencyMs),
    },
    { id: "dispatch", title: "acknowledged to dispatched", durationsMs: jobs.flatMap(dispatchMs) },
    { id: "queue", title: "dispatched to begun", durationsMs: jobs.flatMap(queueMs) },
    { id: "execution", title: "begun to ended", durationsMs: jobs.flatMap(executionMs) },
    { id: "end-to-end", title: "acknowledged to effect", durationsMs: endToEndMs(journeys(history)) },
  ];
}

/** A dispatch may precede the acknowledgement's way back: that counts as 0. */
function dispatchMs({ acknowledgedAt, dispatches }: JobHistory): number[] {
  const [first] = dispatches;
  return acknowledgedAt === undefined || first === undefined ? [] : [Math.max(0, first.at - acknowledgedAt)];
}

/** Of each dispatch to the execution under its epoch. */
function queueMs({ dispatches, executions }: JobHistory): number[] {
  return executions.flatMap(({ epoch, beginAt }) => {
    const dispatch = dispatches.find((each) => each.epoch === epoch);
    return dispatch === undefined ? [] : [Math.max(0, beginAt - dispatch.at)];
  });
}

function executionMs({ executions }: JobHistory): number[] {
  return executions.flatMap(({ beginAt, endAt }) => (endAt === undefined ? [] : [endAt - beginAt]));
}
