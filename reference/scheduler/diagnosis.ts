import { isTerminal } from "../domain/job-state.ts";
import { retryBackoffMs } from "../domain/retry-backoff.ts";
import type { Fate } from "../domain/attempt-fate.ts";
import type { Config } from "../config/config.ts";
import type { Job } from "../ports/mod.ts";

/** What can be wrong with a job. Also the cause in its record and in the metrics. */
export type Diagnosis =
  | "undelivered"
  | "ended"
  | "deadline"
  | "worker_lost"
  | "retry_due"
  | "dispatch_timeout"
  | "running_timeout";

/** What a diagnosis rests on, besides the job's record. */
export interface Evidence {
  /** The store's clock shows this or more. */
  readonly storeUnixMs: number;
  /** What became of the worker of the job's current attempt. */
  readonly fate: Fate;
  /** Whether this leader delivered the record's promises before, and they are still not settled. */
  readonly deliveredInVain: boolean;
  readonly limits: Pick<Config, "outboxSweepAfterMs" | "dispatchTimeoutMs" | "runningTimeoutMs" | "retryBackoffMs">;
}

/**
 * What is wrong with a job, if anything. What can be recovered comes before what must be given up: a job whose
 * dispatch was stored and never sent is sent, however late, before anybody calls it late. But only once by one
 * leader: a promise that cannot be kept must not save its job from ending.
 */
export function diagnose(job: Job, evidence: Evidence): Diagnosis | undefined {
  const owes = job.outbox.length > 0 && idleMs(job, evidence) >= evidence.limits.outboxSweepAfterMs;
  const illness = isTerminal(job.state) ? undefined : illnessOf(job, evidence);
  const recoversByDelivery = !evidence.deliveredInVain && illness !== "worker_lost";
  if (owes && (illness === undefined || recoversByDelivery)) return "undelivered";
  return isTerminal(job.state) && job.outbox.length === 0 ? "ended" : illness;
}

function illnessOf(job: Job, evidence: Evidence): Diagnosis | undefined {
  if ((job.deadlineUnixMs ?? Infinity) <= evidence.storeUnixMs) return "deadline";
  return isLost(job, evidence.fate) ? "worker_lost" : overdue(job, evidence);
}

/** A leaving worker ends what it runs, and starts nothing more. */
function isLost({ state }: Job, fate: Fate): boolean {
  if (state === "RUNNING") return fate === "gone";
  return state === "DISPATCHED" && (fate === "gone" || fate === "leaving");
}

function overdue(job: Job, evidence: Evidence): Diagnosis | undefined {
  const { state, epoch } = job;
  const { limits } = evidence;
  const idle = idleMs(job, evidence);
  if (state === "RETRYING" && idle >= retryBackoffMs(epoch, limits.retryBackoffMs)) return "retry_due";
  if (state === "DISPATCHED" && idle >= limits.dispatchTimeoutMs) return "dispatch_timeout";
  if (state === "RUNNING" && idle >= limits.runningTimeoutMs) return "running_timeout";
  return undefined;
}

/** How long the record has surely stayed in its state. */
function idleMs({ updatedUnixMs }: Job, { storeUnixMs }: Evidence): number {
  return storeUnixMs - updatedUnixMs;
}
