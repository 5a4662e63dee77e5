import type { Job } from "../ports/mod.ts";
import { advance, keep, type Decision } from "./decision.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { dispatchStep, timeoutStep } from "./steps.ts";

/** Why {@link takeUp} kept a job that waits for a worker. */
export const noWorker = "no_worker";

/** Dispatches a job that waits for its first attempt; anything else is left as it is. */
export function takeUp(context: SchedulerContext, job: Job): Decision {
  return isWaiting(job) ? dispatch(context, job) : keep(job, "taken_up_already");
}

/** Whether a job waits for its first attempt. */
export function isWaiting({ state }: Job): boolean {
  return state === "PENDING" || state === "SCHEDULED";
}

/** Gives a job's next attempt to a worker, if there is one and it is not too late. */
export function dispatch({ env, workers, storeTime }: SchedulerContext, job: Job): Decision {
  const isLate = (job.deadlineUnixMs ?? Infinity) <= storeTime.atLeast(env.clock.now());
  if (isLate) return advance(timeoutStep(job, "deadline"));
  const target = workers.assign(job.topic);
  return target.to === "nobody"
    ? { kind: "keep", because: noWorker }
    : advance(dispatchStep(job, target, env.instance));
}
