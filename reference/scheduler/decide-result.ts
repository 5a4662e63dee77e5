import type { JobResult } from "../domain/packets.ts";
import type { Job } from "../ports/mod.ts";
import { advance, keep, type Decision } from "./decision.ts";
import { attemptOf, failureStep, retryStep } from "./steps.ts";

/** Why {@link decideResult} kept a job as it is. */
export const stale = "stale_result";

/** Error codes and messages come from outside; more of them than this is cut off. */
const longestCode = 64;
const longestMessage = 1_000;

/** What a worker's account of an attempt does to its job. Only the current attempt's own worker is listened to. */
export function decideResult(job: Job, result: JobResult, maxAttempts: number): Decision {
  if (!isCurrent(job, result)) return keep(job, stale);
  const tried: Job = { ...job, worker: result.worker_id, session: result.session };
  switch (result.status) {
    case "SUCCEEDED":
      return advance({ ...attemptOf(tried), ...outputOf(result), path: ["SUCCEEDED"], intents: [] });
    case "CANCELLED":
      return advance({ ...attemptOf(tried), path: ["CANCELLED"], cause: causeOf(result), intents: [] });
    case "FAILED":
      return advance(failureStep(tried, causeOf(result), errorOf(result)));
    case "FAILED_RETRYABLE":
      // A job that waits for its retry already has heard this before.
      return job.state === "RETRYING" ? keep(job, stale) : advance(retryStep(tried, causeOf(result), maxAttempts));
  }
}

/** Decoding leaves the status to us. */
export function isKnownStatus({ status }: JobResult): boolean {
  return ["SUCCEEDED", "FAILED", "FAILED_RETRYABLE", "CANCELLED"].includes(status);
}

/**
 * Whether the result belongs to the attempt that the record is at. While a job waits for its retry, its last attempt
 * is still the current one: a worker that was given up for lost may be back, and have done it after all.
 */
function isCurrent(job: Job, { epoch, worker_id, session }: JobResult): boolean {
  const isOpen = job.state === "DISPATCHED" || job.state === "RUNNING" || job.state === "RETRYING";
  const sameWorker = job.worker === undefined || job.worker === worker_id;
  const sameSession = job.session === undefined || job.session === session;
  return isOpen && job.epoch === epoch && sameWorker && sameSession;
}

function outputOf({ result }: JobResult): { result?: string } {
  return result === undefined ? {} : { result };
}

function causeOf({ status, error_code }: JobResult): string {
  return (error_code ?? status.toLowerCase()).slice(0, longestCode);
}

/** A failed job's result tells the worker's own words. */
function errorOf({ error_message }: JobResult): string | undefined {
  return error_message === undefined ? undefined : JSON.stringify({ error: error_message.slice(0, longestMessage) });
}
