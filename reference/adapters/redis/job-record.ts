import type { JobLogEntry } from "../../../core/mod.ts";
import type { JobState } from "../../domain/job-state.ts";
import type { Change, Intent, Job, NewJob, OutboxEntry } from "../../ports/mod.ts";

/** The hash that holds a job. */
export function recordKey(job: string): string {
  return `job:meta:${job}`;
}

/** The field that holds the intents stored at a revision. */
export function outboxField(revision: number): string {
  return `outbox:${revision}`;
}

/** The fields of a {@link Job}, apart from its outbox entries; `outbox` lists the revisions that may have one. */
export const jobFields = [
  ...(["state", "epoch", "revision", "topic", "tenant", "trace_id", "labels", "created_at", "updated_at"] as const),
  ...(["deadline_unix_ms", "worker_id", "session", "failure_reason", "result", "log", "outbox"] as const),
];

type JobField = (typeof jobFields)[number];

/** Fields and values, alternating. */
export type FieldPairs = (string | number)[];

/** What a new record says besides its state. */
export function pairsOfNewJob(job: NewJob): FieldPairs {
  const pairs: FieldPairs = ["topic", job.topic, "tenant", job.tenant, "trace_id", job.traceId];
  pairs.push("payload", job.payload, "labels", JSON.stringify(job.labels), "submitted_by", job.submittedBy);
  if (job.deadlineUnixMs !== undefined) pairs.push("deadline_unix_ms", job.deadlineUnixMs);
  return pairs;
}

/** What a change writes besides the state. A cause belongs to the last change alone, so it is always written. */
export function pairsOfChange({ worker, session, cause, result }: Change): FieldPairs {
  const pairs: FieldPairs = ["failure_reason", cause ?? ""];
  if (worker !== undefined) pairs.push("worker_id", worker);
  if (session !== undefined) pairs.push("session", session);
  if (result !== undefined) pairs.push("result", result);
  return pairs;
}

/** The text of an outbox entry; empty when there is nothing to remember. */
export function intentsText(intents: readonly Intent[]): string {
  return intents.length === 0 ? "" : JSON.stringify(intents);
}

/** A name as it stands in a line of the log. */
export function logName(name: string): string {
  return name.replaceAll(/\s/g, "_");
}

/** The values of {@link jobFields}, by name; nothing when there is no record. */
export function fieldsOf(values: readonly (string | null)[]): Map<JobField, string> | undefined {
  if (values[0] === null || values[0] === undefined) return undefined;
  const fields = new Map<JobField, string>();
  for (const [index, field] of jobFields.entries()) {
    const value = values[index];
    if (typeof value === "string" && value !== "") fields.set(field, value);
  }
  return fields;
}

/** The revisions that may have an outbox entry. */
export function outboxRevisions(fields: ReadonlyMap<JobField, string>): number[] {
  return fields.get("outbox")?.split(" ").map(Number) ?? [];
}

/** The outbox entries in an alternating list of revisions and texts. */
export function outboxOf(entries: readonly string[]): OutboxEntry[] {
  const outbox: OutboxEntry[] = [];
  for (let index = 0; index + 1 < entries.length; index += 2) {
    outbox.push({ revision: Number(entries[index]), intents: JSON.parse(entries[index + 1] ?? "[]") as Intent[] });
  }
  return outbox;
}

/** The job that a record tells of. */
export function jobOf(id: string, fields: ReadonlyMap<JobField, string>, outbox: readonly OutboxEntry[]): Job {
  const text = (field: JobField): string => fields.get(field) ?? "";
  return {
    id,
    state: text("state") as JobState,
    epoch: Number(text("epoch")),
    revision: Number(text("revision")),
    topic: text("topic"),
    tenant: text("tenant"),
    traceId: text("trace_id"),
    labels: JSON.parse(fields.get("labels") ?? "{}") as Record<string, string>,
    createdUnixMs: wholeMs(text("created_at")),
    updatedUnixMs: wholeMs(text("updated_at")),
    ...optional(fields),
    outbox,
    log: logOf(text("log")),
  };
}

function optional(
  fields: ReadonlyMap<JobField, string>,
): Pick<Job, "deadlineUnixMs" | "worker" | "session" | "cause" | "result"> {
  const deadline = fields.get("deadline_unix_ms");
  const [worker, session] = [fields.get("worker_id"), fields.get("session")];
  const [cause, result] = [fields.get("failure_reason"), fields.get("result")];
  return {
    ...(deadline === undefined ? {} : { deadlineUnixMs: Number(deadline) }),
    ...(worker === undefined ? {} : { worker }),
    ...(session === undefined ? {} : { session }),
    ...(cause === undefined ? {} : { cause }),
    ...(result === undefined ? {} : { result }),
  };
}

/** Whole milliseconds in a text of microseconds. */
export function wholeMs(micros: string): number {
  return Math.floor(Number(micros) / 1_000);
}

function logOf(text: string): JobLogEntry[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [state = "", epoch, micros = "", by = ""] = line.split(" ");
    return { state, epoch: Number(epoch), unixMs: wholeMs(micros), by };
  });
}
