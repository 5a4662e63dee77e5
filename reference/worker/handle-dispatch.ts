import { encodePacket, type JobResult, type Packet } from "../domain/packets.ts";
import { resultSubject } from "../domain/subjects.ts";
import type { Claim, Delivery, Disposition } from "../ports/mod.ts";
import { claimAttempt } from "./claim-attempt.ts";
import { perform, type Outcome } from "./perform.ts";
import { publishResult } from "./publish-result.ts";
import type { RunningAttempt } from "./running-attempts.ts";
import type { WorkerContext } from "./worker-context.ts";

type Dispatch = Packet<"dispatch">;

/**
 * Takes a dispatched attempt on, when there is room for it within this long; otherwise the message is handed back,
 * so that a worker of the same queue group that has room can take it.
 */
export async function handleDispatch(
  worker: WorkerContext,
  delivery: Delivery,
  dispatch: Dispatch,
  patienceMs: number,
): Promise<Disposition> {
  const { slots, attempts } = worker;
  if (!(await slots.take(patienceMs, delivery.stopping))) return { later: 0 };
  // In hand before it is claimed, so that a cancel that overtakes the claim's answer finds it.
  const running = attempts.begin(dispatch.payload.job_id);
  try {
    return await takeOn(worker, dispatch, running);
  } finally {
    attempts.over(running);
    slots.give();
  }
}

async function takeOn(worker: WorkerContext, dispatch: Dispatch, running: RunningAttempt): Promise<Disposition> {
  const { env, session } = worker;
  const { job_id: id, epoch } = dispatch.payload;
  const token = env.random.id();
  const claim = await claimAttempt(worker, { id, epoch, worker: env.instance, session, token });
  if (claim === "unresolved") {
    // If it was taken, nobody else can have this epoch: the job must go on to the next one. An id of its own, since
    // the epoch's result may come from another worker after all.
    const outcome: Outcome = { status: "FAILED_RETRYABLE", error_code: "claim_unresolved" };
    await report(worker, dispatch, { outcome, executionMs: 0, id: `unresolved:${id}:${epoch}:${token}` });
  } else if (claim.granted) {
    await runAndReport(worker, dispatch, claim, running);
  } else {
    env.metrics.count("refusedClaims");
  }
  return "done";
}

async function runAndReport(
  worker: WorkerContext,
  dispatch: Dispatch,
  claim: Claim & { granted: true },
  running: RunningAttempt,
): Promise<void> {
  const { clock } = worker.env;
  const { job_id: job, epoch } = dispatch.payload;
  const beganAt = clock.now();
  const outcome = await run(worker, dispatch, claim.payload, running);
  await report(worker, dispatch, { outcome, executionMs: clock.now() - beganAt, id: `result:${job}:${epoch}` });
}

function run(worker: WorkerContext, { payload }: Dispatch, text: string, running: RunningAttempt): Promise<Outcome> {
  const { job_id: job, epoch, topic } = payload;
  const parsed = parse(text);
  if (!parsed) return Promise.resolve({ status: "FAILED", error_code: "unreadable_payload" });
  return perform(worker.work, { job, epoch: worker.token(epoch), topic, payload: parsed.value }, running);
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The outcome says so.
    return undefined;
  }
}

interface Report {
  readonly outcome: Outcome;
  readonly executionMs: number;
  /** Message id. */
  readonly id: string;
}

function report(worker: WorkerContext, dispatch: Dispatch, { outcome, executionMs, id }: Report): Promise<void> {
  const { env, session } = worker;
  const { job_id, epoch } = dispatch.payload;
  const identity = { job_id, epoch, worker_id: env.instance, session };
  const result: JobResult = { ...identity, ...outcome, execution_ms: Math.round(executionMs) };
  const body = encodePacket("result", env.instance, dispatch.trace_id, result);
  return publishResult(worker, { subject: resultSubject, id, body });
}
