import { isTerminal } from "../domain/job-state.ts";
import { encodePacket } from "../domain/packets.ts";
import { cancelSubject } from "../domain/subjects.ts";
import type { Change, Intent, Job } from "../ports/mod.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { HttpError, unknownJob } from "./http-error.ts";
import { repeatOnce } from "./repeat-once.ts";
import { deliverOutbox } from "./stored-outbox.ts";

/** A job goes through fewer writes than this on its way, so that a race cannot be lost more often. */
const attemptsMax = 8;

/**
 * Ends a job as CANCELLED, whatever it was doing, and tells its worker. Cancelling twice is harmless.
 *
 * It takes no lock: the write presents the revision that was read, and is made again on a newer one when somebody
 * else wrote in between.
 *
 * @throws HttpError `unknown_job`, `already_ended` or, when the race is lost every time, `contended`
 */
export async function cancel(gateway: GatewayContext, id: string, tenant: string): Promise<void> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const job = await gateway.env.jobs.read(id);
    if (!job) throw unknownJob(id);
    if (job.state === "CANCELLED") return confirm(gateway, job);
    if (isTerminal(job.state)) throw alreadyEnded(job);
    if (await tryCancel(gateway, job, tenant)) return;
  }
  throw contended(id);
}

/** Delivers again what an earlier cancel may have left: its reply, or its gateway, may have been lost. */
function confirm({ env, deliveries }: GatewayContext, job: Job): void {
  if (job.outbox.length > 0) deliveries.start(() => deliverOutbox(env, job));
}

async function tryCancel(gateway: GatewayContext, job: Job, tenant: string): Promise<boolean> {
  const { env, deliveries } = gateway;
  const change = cancellationOf(job, env.instance, tenant);
  const { value: advanced } = await repeatOnce(() => env.jobs.advance(change));
  if (!advanced.accepted) return false;
  const { revision } = advanced;
  deliveries.start(() => env.outbox.deliver({ ...job, state: "CANCELLED" }, { revision, intents: change.intents }));
  return true;
}

function cancellationOf(job: Job, instance: string, tenant: string): Change {
  const { id, revision, state, epoch, worker, session } = job;
  return {
    ...{ id, revision, epoch, from: state, path: ["CANCELLED"], cause: "cancelled_by_client" },
    ...(worker === undefined ? {} : { worker }),
    ...(session === undefined ? {} : { session }),
    intents: [notice(job, instance, tenant)],
  };
}

function notice({ id, traceId, worker }: Job, instance: string, tenant: string): Intent {
  const body = encodePacket("cancel", instance, traceId, {
    job_id: id,
    ...(worker === undefined ? {} : { worker_id: worker }),
    reason: "cancelled_by_client",
    requested_by: tenant,
  });
  return { kind: "publish", subject: cancelSubject, id: `cancel:${id}`, body };
}

function alreadyEnded({ id, state }: Job): HttpError {
  return new HttpError({
    status: 409,
    code: "already_ended",
    message: `Job ${id} has ended as ${state}`,
    hint: "a job can be cancelled until it has ended",
  });
}

function contended(id: string): HttpError {
  return new HttpError({
    status: 503,
    code: "contended",
    message: `Job ${id} changed each time that it was about to be cancelled`,
    hint: "cancel it again",
    retryAfterSeconds: 1,
  });
}
