import type { HttpResult, JobLogEntry, JobReadEvent } from "../core/mod.ts";

/** What a gateway said about a job, without the job and the gateway. */
export type JobAnswer = Omit<JobReadEvent, "kind" | "at" | "who" | "job" | "via">;

/** The answer to `GET /api/v1/jobs/:id`; nothing when the gateway could not tell. */
export function jobAnswer(result: HttpResult): JobAnswer | undefined {
  if (!result.answered) return undefined;
  if (result.status === 404) return { state: "missing" };
  const body = result.body as Partial<Record<"state" | "epoch" | "cause" | "log", unknown>> | null;
  if (result.status !== 200 || typeof body?.state !== "string") return undefined;
  return {
    state: body.state,
    ...(typeof body.epoch === "number" ? { epoch: body.epoch } : {}),
    ...(typeof body.cause === "string" ? { cause: body.cause } : {}),
    ...(Array.isArray(body.log) ? { log: body.log.map(logEntry) } : {}),
  };
}

/** Whether a job in this state has come to its end. A job that is missing has not: nobody knows what became of it. */
export function isFinished(state: string): boolean {
  return finishedStates.has(state);
}

const finishedStates: ReadonlySet<string> = new Set([
  "SUCCEEDED",
  "FAILED",
  "CANCELLED",
  "TIMEOUT",
  "DENIED",
  "OUTPUT_QUARANTINED",
]);

/** Planes write the time as `unixMs` or `unix_ms`. */
function logEntry(entry: Partial<JobLogEntry> & { unix_ms?: number }): JobLogEntry {
  return {
    state: entry.state ?? "",
    epoch: entry.epoch ?? 0,
    unixMs: entry.unixMs ?? entry.unix_ms ?? 0,
    by: entry.by ?? "",
  };
}
