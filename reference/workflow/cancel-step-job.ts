import { isTerminal } from "../domain/job-state.ts";
import { encodePacket } from "../domain/packets.ts";
import { cancelSubject } from "../domain/subjects.ts";
import type { Run, RunIntent } from "../domain/workflow/mod.ts";
import type { Change, Intent, Job } from "../ports/mod.ts";
import type { ChangeContext } from "./engine-context.ts";

type CancelIntent = Extract<RunIntent, { kind: "cancel-job" }>;

/** A job goes through fewer writes than this on its way, so that a race cannot be lost more often. */
const attemptsMax = 8;

/**
 * Ends a step's job as CANCELLED, and has its worker told. Its record is there, since what submits a job is delivered
 * before; one that has ended stays as it is, and one that is gone needs no end.
 *
 * As a gateway does, it takes no lock: the write presents the revision that was read, and is made again on a newer
 * one when somebody else wrote in between.
 */
export async function cancelStepJob({ env }: ChangeContext, run: Run, intent: CancelIntent): Promise<void> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const job = await env.jobs.read(intent.job);
    if (!job || isTerminal(job.state)) return;
    const change = cancellationOf(job, intent.reason, env.instance);
    const advanced = await env.jobs.advance(change);
    if (!advanced.accepted) continue;
    const entry = { revision: advanced.revision, intents: change.intents };
    return env.outbox.deliver({ ...job, state: "CANCELLED" }, entry);
  }
  throw new Error(`job ${intent.job} of run ${run.id} changed each time that it was about to be cancelled`);
}

function cancellationOf(job: Job, reason: string, instance: string): Change {
  const { id, revision, state, epoch, worker, session } = job;
  return {
    ...{ id, revision, epoch, from: state, path: ["CANCELLED"], cause: reason },
    ...(worker === undefined ? {} : { worker }),
    ...(session === undefined ? {} : { session }),
    intents: [notice(job, reason, instance)],
  };
}

function notice({ id, traceId, worker }: Job, reason: string, instance: string): Intent {
  const whom = worker === undefined ? {} : { worker_id: worker };
  const body = encodePacket("cancel", instance, traceId, { job_id: id, ...whom, reason, requested_by: instance });
  return { kind: "publish", subject: cancelSubject, id: `cancel:${id}`, body };
}
