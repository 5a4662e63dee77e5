import type { Payloads } from "../domain/packets.ts";
import { submitSubject } from "../domain/subjects.ts";
import type { Disposition } from "../ports/mod.ts";
import { adopt, isAcceptable } from "./adopt-request.ts";
import { changeJob } from "./change-job.ts";
import type { Intake } from "../replica/consume-packets.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { noWorker, takeUp } from "./take-up.ts";
import { busyWaitMs } from "../replica/with-lock.ts";

/** New jobs. */
export const submits: Intake<SchedulerContext, "submit"> = {
  subject: submitSubject,
  kind: "submit",
  accepts: isAcceptable,
  handle: handleSubmit,
};

/**
 * Dispatches a new job. Without a worker it stays PENDING, in the replayer's hands; a scheduler that has not listened
 * for long enough to know hands the message back, since another one may know better.
 */
async function handleSubmit(context: SchedulerContext, submit: Payloads["submit"]): Promise<Disposition> {
  const { config, workers } = context;
  const { job_id, request } = submit;
  let changed = await changeJob(context, job_id, (job) => takeUp(context, job));
  if (changed.kind === "missing" && request) {
    await adopt(context, job_id, request);
    changed = await changeJob(context, job_id, (job) => takeUp(context, job));
  }
  if (changed.kind === "contended") return { later: busyWaitMs(config.jobLockTtlMs) };
  if (changed.kind === "missing") return recordMissing(context, job_id);
  const foundNobody = changed.kind === "kept" && changed.because === noWorker;
  return foundNobody && !workers.hasListened(config.workerTtlMs / 3) ? { later: config.workerTtlMs / 12 } : "done";
}

/** A record is written before its submit message: this one was lost by the store, or outlived by the message. */
async function recordMissing({ env }: SchedulerContext, job: string): Promise<Disposition> {
  const cause = "record_missing";
  const createdUnixMs = env.clock.unixMs();
  await env.deadLetters.record({ id: job, topic: "unknown", cause, lastState: "NONE", attempts: 0, createdUnixMs });
  env.metrics.count("deadLetters", { cause });
  return "done";
}
