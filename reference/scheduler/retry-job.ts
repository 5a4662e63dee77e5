import { keep } from "./decision.ts";
import { changeJob } from "./change-job.ts";
import type { DueRetry, SchedulerContext } from "./scheduler-context.ts";
import { dispatch } from "./take-up.ts";
import { messageOf } from "../../core/mod.ts";

/** Dispatches a job again after the backoff of this attempt, unless something else happened to it meanwhile. */
export async function retryJob(context: SchedulerContext, { job: id, epoch }: DueRetry): Promise<void> {
  try {
    await changeJob(context, id, (job) =>
      job.state === "RETRYING" && job.epoch === epoch ? dispatch(context, job) : keep(job, "retried_already"),
    );
  } catch (thrown) {
    context.env.log.warn("retry left to the reconciler", { job: id, epoch, because: messageOf(thrown) });
  }
}
