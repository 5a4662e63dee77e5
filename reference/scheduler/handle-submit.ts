import type { Payloads } from "../domain/packets.ts";
import { submitSubject } from "../domain/subjects.ts";
import type { Disposition } from "../ports/mod.ts";
import { changeJob } from "./change-job.ts";
import type { Intake } from "./consume-packets.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { noWorker, takeUp } from "./take-up.ts";
import { busyWaitMs } from "./with-job-lock.ts";

/** New jobs. */
export const submits: Intake<"submit"> = { subject: submitSubject, kind: "submit", handle: handleSubmit };

/**
 * Dispatches a new job. Without a worker it stays PENDING, in the replayer's hands; a scheduler that has not listened
 * for long enough to know hands the message back, since another one may know better.
 */
async function handleSubmit(context: SchedulerContext, { job_id }: Payloads["submit"]): Promise<Disposition> {
  const { config, workers } = context;
  const changed = await changeJob(context, job_id, (job) => takeUp(context, job));
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
