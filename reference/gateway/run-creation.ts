import { beginRun, type Run, type WorkflowDefinition } from "../domain/workflow/mod.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { HttpError, unknownWorkflow } from "./http-error.ts";
import { newJobId, traceOf } from "./job-id.ts";
import { repeatOnce } from "./repeat-once.ts";
import { announce } from "./run-commands.ts";

/** A request for a run of a workflow, checked. */
export interface RunRequest {
  readonly tenant: string;
  readonly workflow: string;
  /** JSON. */
  readonly input: unknown;
  /** With the digest of everything else that the client asked for. */
  readonly idempotency: { readonly key: string; readonly digest: string } | undefined;
}

/** A run that is stored. */
export interface StartedRun {
  readonly run: Run;
  /** The request repeats one that made the run before. */
  readonly replayed: boolean;
}

/**
 * Accepts a run: reserves its id when the request has an idempotency key, stores it, and tells the engines.
 *
 * A run that is stored begins: if nobody hears of it, the engines' reconciler finds it.
 *
 * @throws HttpError `unknown_workflow`, `idempotency_conflict`
 * @throws Unavailable when surely nothing was stored, OutcomeUnknown when that cannot be told
 */
export async function createRun(gateway: GatewayContext, request: RunRequest): Promise<StartedRun> {
  const { env } = gateway;
  const { id, first } = await identify(gateway, request);
  const existing = first ? undefined : await env.runs.read(id);
  if (existing) return { run: existing.run, replayed: true };
  const definition = await env.workflows.read(request.tenant, request.workflow);
  if (!definition) throw unknownWorkflow(request.workflow);
  return store(gateway, newRun(gateway, id, definition, request));
}

/** Keys of runs are not keys of jobs: those have no space in them. */
const namespace = "run ";

async function identify({ env }: GatewayContext, request: RunRequest): Promise<{ id: string; first: boolean }> {
  const fresh = newJobId(env.clock, env.random);
  if (!request.idempotency) return { id: fresh, first: true };
  const { key, digest } = request.idempotency;
  const wanted = { job: fresh, digest };
  const { value } = await repeatOnce(() => env.idempotency.reserve(request.tenant, namespace + key, wanted));
  if (value.digest !== digest) throw conflict(key);
  return { id: value.job, first: value.job === fresh };
}

function newRun({ env }: GatewayContext, id: string, definition: WorkflowDefinition, request: RunRequest): Run {
  const { tenant, input } = request;
  return beginRun({ id, tenant, traceId: traceOf(id), definition, input, nowUnixMs: env.clock.unixMs() });
}

/** Two requests with one key may both come here: the store keeps the run of the first. */
async function store({ env, deliveries }: GatewayContext, run: Run): Promise<StartedRun> {
  const { value, repeated } = await repeatOnce(() => env.runs.create(run, []));
  const isNew = value.created || repeated;
  if (isNew) deliveries.start(() => announce(env, run));
  return { run: value.stored.run, replayed: !isNew };
}

function conflict(key: string): HttpError {
  return new HttpError({
    status: 422,
    code: "idempotency_conflict",
    message: `The idempotency key "${key}" stands for another request`,
    hint: "use a new key for each new run, and send a repeated request unchanged",
  });
}
