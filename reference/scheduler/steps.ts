import { encodePacket } from "../domain/packets.ts";
import { workerSubject } from "../domain/subjects.ts";
import type { Target } from "../domain/worker-choice.ts";
import type { Intent, Job } from "../ports/mod.ts";
import type { Step } from "./decision.ts";

/** Nobody yet. Written out, so that the record forgets whom an earlier attempt was given to. */
const nobody = { worker: "", session: "" };

/** A job's next attempt: its epoch is one higher, and the dispatch's message id carries it. */
export function dispatchStep(job: Job, target: Exclude<Target, { to: "nobody" }>, sender: string): Step {
  const epoch = job.epoch + 1;
  const toWorker = target.to === "worker";
  const given = toWorker ? { worker: target.worker, session: target.session } : nobody;
  const subject = toWorker ? workerSubject(target.worker) : job.topic;
  const body = encodePacket("dispatch", sender, job.traceId, { job_id: job.id, epoch, topic: job.topic });
  const intent: Intent = { kind: "publish", subject, id: `dispatch:${job.id}:${epoch}`, body };
  return { path: ["SCHEDULED", "DISPATCHED"], epoch, ...given, intents: [intent] };
}

/** Another attempt after a backoff, or the end when there have been enough. */
export function retryStep(job: Job, cause: string, maxAttempts: number): Step {
  if (job.epoch >= maxAttempts) return failureStep(job, "max_attempts");
  return { ...attemptOf(job), path: ["RETRYING"], cause, intents: [] };
}

/** The end as FAILED, with a dead letter. */
export function failureStep(job: Job, cause: string, result?: string): Step {
  const detail = result === undefined ? {} : { result };
  return { ...attemptOf(job), ...detail, path: ["FAILED"], cause, intents: [{ kind: "dead-letter", cause }] };
}

/** The end as TIMEOUT, with a dead letter. */
export function timeoutStep(job: Job, cause: string): Step {
  return { ...attemptOf(job), path: ["TIMEOUT"], cause, intents: [{ kind: "dead-letter", cause }] };
}

/** The current attempt, unchanged. */
export function attemptOf({ epoch, worker, session }: Job): Pick<Step, "epoch" | "worker" | "session"> {
  return {
    epoch,
    ...(worker === undefined ? {} : { worker }),
    ...(session === undefined ? {} : { session }),
  };
}
