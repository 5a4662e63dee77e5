import { encodePacket } from "../domain/packets.ts";
import { retryBackoffMs } from "../domain/retry-backoff.ts";
import { workerCancelSubject } from "../domain/subjects.ts";
import type { Environment, Job } from "../ports/mod.ts";
import type { Step } from "./decision.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** What a change of state sets going in this replica. Nothing here needs to be remembered by the record. */
export function followUp(context: SchedulerContext, before: Job, step: Step, unixMs: number): void {
  const { env, config, retries } = context;
  const state = step.path.at(-1);
  if (state === "DISPATCHED") observeDispatch(env, before, step, unixMs);
  const retry = { job: before.id, epoch: step.epoch };
  if (state === "RETRYING") retries.plan(retry, retryBackoffMs(step.epoch, config.retryBackoffMs));
  if (state === "TIMEOUT") callOff(env, before, step.cause ?? "timeout");
}

/** Both moments by the store's clock; a retry is not the job's dispatch latency. */
function observeDispatch({ metrics }: Environment, { createdUnixMs, topic }: Job, step: Step, unixMs: number): void {
  if (step.epoch === 1) metrics.observe("dispatchSeconds", Math.max(0, unixMs - createdUnixMs) / 1_000, { topic });
}

/** Tells the worker of an attempt to stop. If the broadcast is lost, the work is wasted, and its result refused. */
export function callOff({ bus, instance }: Environment, { id, worker, traceId }: Job, reason: string): void {
  if (worker === undefined) return;
  const notice = { job_id: id, worker_id: worker, reason, requested_by: instance };
  bus.broadcast(workerCancelSubject(worker), encodePacket("cancel", instance, traceId, notice));
}
