import { encodePacket } from "../domain/packets.ts";
import { submitSubject } from "../domain/subjects.ts";
import type { Intent, NewJob } from "../ports/mod.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { HttpError } from "./http-error.ts";
import { birthOf, newJobId, traceOf } from "./job-id.ts";
import { repeatOnce } from "./repeat-once.ts";
import { deliverStored } from "./stored-outbox.ts";

/** A request for a job, checked. */
export interface JobRequest {
  readonly tenant: string;
  readonly topic: string;
  /** JSON text. */
  readonly payload: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Counted from now. */
  readonly deadlineMs: number | undefined;
  /** With the digest of everything else that the client asked for. */
  readonly idempotency: { readonly key: string; readonly digest: string } | undefined;
}

/** A job that is stored. */
export interface Accepted {
  readonly id: string;
  readonly state: string;
  /** The request repeats one that made the job before. */
  readonly replayed: boolean;
}

/**
 * Accepts a job: reserves its id when the request has an idempotency key, stores it together with the intent to hand
 * it to a scheduler, and starts the handing over.
 *
 * Reservation and creation can both be repeated, so a reply that got lost is asked for again, and a gateway that died
 * between the two is made up for by the client's next request.
 *
 * @throws HttpError `idempotency_conflict`, `job_forgotten`
 * @throws Unavailable when surely nothing was stored, OutcomeUnknown when that cannot be told
 */
export async function submit(gateway: GatewayContext, request: JobRequest): Promise<Accepted> {
  const { id, first } = await identify(gateway, request);
  if (!first && mayBeForgotten(gateway, id)) return recall(gateway, id);
  const { created, state } = await store(gateway, newJob(gateway, id, request));
  return { id, state, replayed: !first && !created };
}

async function identify(gateway: GatewayContext, request: JobRequest): Promise<{ id: string; first: boolean }> {
  const { env } = gateway;
  const fresh = newJobId(env.clock, env.random);
  if (!request.idempotency) return { id: fresh, first: true };
  const { key, digest } = request.idempotency;
  const { value } = await repeatOnce(() => env.idempotency.reserve(request.tenant, key, { job: fresh, digest }));
  if (value.digest !== digest) throw conflict(key);
  return { id: value.job, first: value.job === fresh };
}

/**
 * A key outlives its job. A job that is old enough to have ended and been forgotten must not be made again; a younger
 * one may be, since the gateway that reserved its id may have died. Half of the time is a margin for the clocks.
 */
function mayBeForgotten({ env, config }: GatewayContext, id: string): boolean {
  return env.clock.unixMs() - birthOf(id) > config.jobMetaTtlMs / 2;
}

async function recall({ env }: GatewayContext, id: string): Promise<Accepted> {
  const job = await env.jobs.read(id);
  if (!job) throw forgotten(id);
  return { id, state: job.state, replayed: true };
}

async function store(gateway: GatewayContext, job: NewJob): Promise<{ created: boolean; state: string }> {
  const { jobs, outbox } = gateway.env;
  const intents = [handOver(job)];
  const { value: stored, repeated } = await repeatOnce(() => jobs.create(job, intents));
  if (stored.created) {
    const subject = { id: job.id, topic: job.topic, state: stored.state, epoch: 0 };
    gateway.deliveries.start(() => outbox.deliver(subject, { revision: stored.revision, intents }));
  } else if (repeated) {
    gateway.deliveries.start(() => deliverStored(gateway.env, job.id));
  }
  return stored;
}

function newJob({ env }: GatewayContext, id: string, request: JobRequest): NewJob {
  const { tenant, topic, payload, labels, deadlineMs } = request;
  const deadline = deadlineMs === undefined ? {} : { deadlineUnixMs: env.clock.unixMs() + deadlineMs };
  return { id, topic, tenant, traceId: traceOf(id), payload, labels, submittedBy: env.instance, ...deadline };
}

function handOver({ id, traceId, submittedBy }: NewJob): Intent {
  const body = encodePacket("submit", submittedBy, traceId, { job_id: id });
  return { kind: "publish", subject: submitSubject, id: `submit:${id}`, body };
}

function conflict(key: string): HttpError {
  return new HttpError({
    status: 422,
    code: "idempotency_conflict",
    message: `The idempotency key "${key}" stands for another request`,
    hint: "use a new key for each new job, and send a repeated request unchanged",
  });
}

function forgotten(id: string): HttpError {
  return new HttpError({
    status: 410,
    code: "job_forgotten",
    message: `The idempotency key stands for job ${id}, which has ended and is no longer kept`,
    hint: "the job was accepted once and is not done again; use a new key for a new job",
  });
}
