import { isTerminal } from "../domain/job-state.ts";
import type { Payloads } from "../domain/packets.ts";
import { cancelSubject } from "../domain/subjects.ts";
import type { Disposition } from "../ports/mod.ts";
import type { Intake } from "../replica/consume-packets.ts";
import { callOff } from "./follow-up.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** Cancellations. */
export const cancels: Intake<SchedulerContext, "cancel"> = {
  subject: cancelSubject,
  kind: "cancel",
  handle: handleCancel,
};

/**
 * Tells the worker of a cancelled job to stop. Whoever asks (a gateway, a workflow engine) has written CANCELLED
 * before, so an attempt that no worker has claimed yet cannot be claimed any more, and needs nobody to be told.
 */
async function handleCancel({ env }: SchedulerContext, cancel: Payloads["cancel"]): Promise<Disposition> {
  const job = await env.jobs.read(cancel.job_id);
  if (job && isTerminal(job.state)) callOff(env, job, cancel.reason);
  return "done";
}
