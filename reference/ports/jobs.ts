import type { JobLogEntry } from "../../core/mod.ts";
import type { JobState } from "../domain/job-state.ts";

/** Something that must follow a state change; it is stored with the change and delivered at least once. */
export type Intent =
  | { readonly kind: "publish"; readonly subject: string; readonly id: string; readonly body: string }
  | { readonly kind: "dead-letter"; readonly cause: string };

/** Intents that were stored together, at one revision of the job. */
export interface OutboxEntry {
  readonly revision: number;
  readonly intents: readonly Intent[];
}

/** A job before it exists. */
export interface NewJob {
  readonly id: string;
  readonly topic: string;
  readonly tenant: string;
  readonly traceId: string;
  /** JSON text. */
  readonly payload: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Ends as TIMEOUT at this moment (ms since the Unix epoch). */
  readonly deadlineUnixMs?: number;
  readonly submittedBy: string;
}

/** A job's record, without its payload. */
export interface Job {
  readonly id: string;
  readonly state: JobState;
  /** Number of the current attempt: grows by one with every dispatch. 0 before the first. */
  readonly epoch: number;
  /** Grows with every write. A write that presents an older one is refused. */
  readonly revision: number;
  readonly topic: string;
  readonly tenant: string;
  readonly traceId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdUnixMs: number;
  /** Last change of state, by the store's clock. */
  readonly updatedUnixMs: number;
  readonly deadlineUnixMs?: number;
  /** The worker that the current attempt was given to. */
  readonly worker?: string;
  /** The worker's session (one life of its process) that claimed the attempt, or that it was given to. */
  readonly session?: string;
  /** Why it ended as it did: a code such as `worker_lost`. */
  readonly cause?: string;
  /** JSON text. */
  readonly result?: string;
  readonly outbox: readonly OutboxEntry[];
  /** Every state it has been in, oldest first; at most 200 entries are kept. */
  readonly log: readonly JobLogEntry[];
}

/** A change of one job's state, made only if nobody wrote since the job was opened. */
export interface Change {
  readonly id: string;
  /** From `open` (or the job that was read): the fencing token of this write. */
  readonly revision: number;
  /** The state that the writer saw. */
  readonly from: JobState;
  /** The states to go through, in order, in one step: `["SCHEDULED", "DISPATCHED"]`. Each must be legal. */
  readonly path: readonly JobState[];
  /** The attempt's number after the change. */
  readonly epoch: number;
  readonly worker?: string;
  readonly session?: string;
  readonly cause?: string;
  readonly result?: string;
  readonly intents: readonly Intent[];
  /** The lock section that the writer is in, for the witness. */
  readonly section?: string;
}

/** Whether a change was made; `revision` names its outbox entry. */
export type Advanced =
  | { readonly accepted: true; readonly revision: number; readonly unixMs: number }
  | { readonly accepted: false; readonly state: JobState | "NONE"; readonly revision: number };

/** A worker asks for an attempt before it starts it. */
export interface ClaimRequest {
  readonly id: string;
  readonly epoch: number;
  readonly worker: string;
  readonly session: string;
  /** Unique for each delivery, so that a claim whose answer was lost can be repeated. */
  readonly token: string;
}

/** The answer to a claim. A refused one says what the job's record says instead. */
export type Claim =
  | { readonly granted: true; readonly payload: string }
  | { readonly granted: false; readonly state: JobState | "NONE"; readonly epoch: number };

/** The jobs' records. Every write is one script on one key, so it works in a Redis Cluster, and is all or nothing. */
export interface Jobs {
  /** NONE to PENDING, with its intents. Repeating it is harmless: an existing job is left as it is. */
  create(job: NewJob, intents: readonly Intent[]): Promise<{ created: boolean; state: JobState; revision: number }>;
  read(id: string): Promise<Job | undefined>;
  payload(id: string): Promise<string | undefined>;
  /** Reads for writing, under the job's lock: mints a new revision, which fences off every earlier opener. */
  open(id: string): Promise<Job | undefined>;
  advance(change: Change): Promise<Advanced>;
  /** DISPATCHED to RUNNING, for exactly one claimant of the epoch. */
  claim(request: ClaimRequest): Promise<Claim>;
  /** The outbox entry of this revision has been delivered. */
  settle(id: string, revision: number): Promise<void>;
  /** Ids of jobs that have not ended and were created at least this long ago, oldest first, a page at a time. */
  unfinished(query: { olderThanMs: number; offset: number; limit: number }): Promise<string[]>;
  /** Drops an id from the index of unfinished jobs, when its record is gone or has ended. */
  forgetFinished(id: string): Promise<void>;
  /** The newest jobs' ids, newest first (at most the newest 1,000 are known). */
  recent(query: { offset: number; limit: number }): Promise<string[]>;
}
