import type { JobResult } from "../domain/packets.ts";
import { resultSubject } from "../domain/subjects.ts";
import type { Disposition } from "../ports/mod.ts";
import { changeJob } from "./change-job.ts";
import type { Intake } from "../replica/consume-packets.ts";
import { decideResult, isKnownStatus, stale } from "./decide-result.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { busyWaitMs } from "../replica/with-lock.ts";

/** What workers say of their attempts. */
export const results: Intake<SchedulerContext, "result"> = {
  subject: resultSubject,
  kind: "result",
  accepts: isKnownStatus,
  handle: handleResult,
};

async function handleResult(context: SchedulerContext, result: JobResult): Promise<Disposition> {
  const { env, config } = context;
  const changed = await changeJob(context, result.job_id, (job) => decideResult(job, result, config.maxAttempts));
  if (changed.kind === "contended") return { later: busyWaitMs(config.jobLockTtlMs) };
  const isStale = changed.kind === "missing" || (changed.kind !== "advanced" && changed.because === stale);
  if (isStale) env.metrics.count("staleResults");
  return "done";
}
