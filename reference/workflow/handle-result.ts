import { stepJobId, stepOfJob } from "../../core/mod.ts";
import type { JobResult } from "../domain/packets.ts";
import { resultSubject } from "../domain/subjects.ts";
import type { Delivery, Disposition, Job } from "../ports/mod.ts";
import type { Intake } from "../replica/consume-packets.ts";
import type { EngineContext } from "./engine-context.ts";
import { endOfJob } from "./job-end.ts";
import { runBusyMs } from "./with-run-lock.ts";

/** What workers say of their attempts: here only a sign that a job of a run may have ended. */
export const stepResults: Intake<EngineContext, "result"> = {
  subject: resultSubject,
  kind: "result",
  handle: handleResult,
};

/**
 * A worker's word is not believed: the schedulers may refuse it. Only the job's record tells how it ended, and a
 * scheduler needs a moment to write it.
 */
async function handleResult(
  { env, config, apply }: EngineContext,
  { job_id }: JobResult,
  delivery: Delivery,
): Promise<Disposition> {
  const step = stepOfJob(job_id);
  if (!step) return "done";
  const job = await env.jobs.read(job_id);
  const end = job && endOfJob(job, stepJobId(step));
  if (!end) return waitFor(job, delivery);
  const changed = await apply(step.run, [end]);
  return changed.kind === "contended" ? { later: runBusyMs(delivery.deliveries, config.runLockTtlMs) } : "done";
}

const firstLookAfterMs = 20;
const looksMax = 7;

/** 20 ms, doubling with each delivery: 2.5 s in all. Then it is left to the reconciler. */
function waitFor(job: Job | undefined, { deliveries }: Delivery): Disposition {
  // A job that is tried again has another result to come; one without a record has none.
  const mayEndSoon = job !== undefined && job.state !== "RETRYING";
  return mayEndSoon && deliveries <= looksMax ? { later: firstLookAfterMs * 2 ** (deliveries - 1) } : "done";
}
