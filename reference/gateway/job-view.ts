import type { Job } from "../ports/mod.ts";

/** A job in a list. Times are ISO 8601. */
export function jobSummary(job: Job): object {
  return {
    job_id: job.id,
    state: job.state,
    topic: job.topic,
    tenant: job.tenant,
    epoch: job.epoch,
    attempts: job.epoch,
    worker: job.worker ?? null,
    cause: job.cause ?? null,
    labels: job.labels,
    created_at: timestamp(job.createdUnixMs),
    updated_at: timestamp(job.updatedUnixMs),
  };
}

/** A job by itself. */
export function jobDetail(job: Job): object {
  return {
    ...jobSummary(job),
    trace_id: job.traceId,
    deadline_at: job.deadlineUnixMs === undefined ? null : timestamp(job.deadlineUnixMs),
    result: job.result === undefined ? null : parsed(job.result),
    log: job.log,
  };
}

/** ISO 8601, in UTC. */
export function timestamp(unixMs: number): string {
  return new Date(unixMs).toISOString();
}

/** What a worker sent as its result comes from outside: if it is no JSON, it is shown as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
