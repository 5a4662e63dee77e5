import type { Clock } from "../../core/mod.ts";
import { isLegal, isTerminal, type JobState } from "../domain/job-state.ts";
import type { Advanced, Change, Claim, ClaimRequest, Intent, Job, Jobs, NewJob, OutboxEntry } from "../ports/mod.ts";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface Entry {
  job: Mutable<Job>;
  readonly payload: string;
  claim?: string;
}

/** A store call, and whether it has acted yet. A trap that throws makes the call fail there. */
export type JobsTrap = (call: keyof Jobs, when: "before" | "after", id: string) => void | Promise<void>;

/** The jobs' records in memory, faithful to the port: revisions, epochs, outboxes, an index of its own. */
export class MemoryJobs implements Jobs {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #index = new Map<string, number>();
  /** Every change that was asked for, and whether it was made. */
  readonly changes: { readonly change: Change; readonly accepted: boolean }[] = [];
  /** The store's wall clock minus the replicas'. */
  storeAheadMs = 0;
  trap: JobsTrap = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  storeUnixMs(): number {
    return this.#clock.unixMs() + this.storeAheadMs;
  }

  /** The record of a job that must be there. */
  get(id: string): Job {
    const entry = this.#entries.get(id);
    if (!entry) throw new Error(`no job ${id}`);
    return snapshotOf(entry.job);
  }

  /** Changes a record behind everybody's back. */
  overwrite(id: string, fields: Partial<Job>): void {
    const entry = this.#entries.get(id);
    if (entry) entry.job = { ...entry.job, ...fields };
  }

  isListed(id: string): boolean {
    return this.#index.has(id);
  }

  /** A record is gone, and its id is still listed. */
  lose(id: string): void {
    this.#entries.delete(id);
  }

  create(job: NewJob, intents: readonly Intent[]): Promise<{ created: boolean; state: JobState; revision: number }> {
    return this.#call("create", job.id, () => {
      const known = this.#entries.get(job.id);
      if (known) return { created: false, state: known.job.state, revision: known.job.revision };
      const { payload, submittedBy: _, ...rest } = job;
      const unixMs = this.storeUnixMs();
      const times = { createdUnixMs: unixMs, updatedUnixMs: unixMs };
      const outbox: OutboxEntry[] = intents.length > 0 ? [{ revision: 1, intents }] : [];
      const fresh: Job = { ...rest, ...times, state: "PENDING", epoch: 0, revision: 1, outbox, log: [] };
      this.#entries.set(job.id, { job: fresh, payload });
      this.#index.set(job.id, unixMs);
      return { created: true, state: "PENDING" as const, revision: 1 };
    });
  }

  read(id: string): Promise<Job | undefined> {
    return this.#call("read", id, () => this.#peek(id));
  }

  payload(id: string): Promise<string | undefined> {
    return this.#call("payload", id, () => this.#entries.get(id)?.payload);
  }

  open(id: string): Promise<Job | undefined> {
    return this.#call("open", id, () => {
      const entry = this.#entries.get(id);
      if (entry) entry.job.revision += 1;
      return this.#peek(id);
    });
  }

  advance(change: Change): Promise<Advanced> {
    return this.#call("advance", change.id, () => {
      const advanced = this.#advance(change);
      this.changes.push({ change, accepted: advanced.accepted });
      return advanced;
    });
  }

  claim({ id, epoch, worker, session, token }: ClaimRequest): Promise<Claim> {
    return this.#call("claim", id, () => {
      const entry = this.#entries.get(id);
      if (!entry) return { granted: false as const, state: "NONE" as const, epoch: 0 };
      const { job } = entry;
      const again = job.state === "RUNNING" && job.epoch === epoch && entry.claim === token;
      if (!again && (job.state !== "DISPATCHED" || job.epoch !== epoch)) {
        return { granted: false as const, state: job.state, epoch: job.epoch };
      }
      if (!again) {
        entry.claim = token;
        const revision = job.revision + 1;
        Object.assign(job, { state: "RUNNING", worker, session, revision, updatedUnixMs: this.storeUnixMs() });
      }
      return { granted: true as const, payload: entry.payload };
    });
  }

  settle(id: string, revision: number): Promise<void> {
    return this.#call("settle", id, () => {
      const entry = this.#entries.get(id);
      if (!entry) return;
      entry.job.outbox = entry.job.outbox.filter((promise) => promise.revision !== revision);
    });
  }

  unfinished(query: { olderThanMs: number; offset: number; limit: number }): Promise<string[]> {
    return this.#call("unfinished", "", () => {
      const until = this.storeUnixMs() - query.olderThanMs;
      const old = [...this.#index].filter(([, createdAt]) => createdAt <= until).toSorted((a, b) => a[1] - b[1]);
      return old.slice(query.offset, query.offset + query.limit).map(([id]) => id);
    });
  }

  forgetFinished(id: string): Promise<void> {
    return this.#call("forgetFinished", id, () => {
      const entry = this.#entries.get(id);
      if (!entry || isTerminal(entry.job.state)) this.#index.delete(id);
    });
  }

  recent(): Promise<string[]> {
    return Promise.resolve([]);
  }

  #advance(change: Change): Advanced {
    const entry = this.#entries.get(change.id);
    if (!entry) return { accepted: false, state: "NONE", revision: 0 };
    const { job } = entry;
    if (job.revision !== change.revision || job.state !== change.from) {
      return { accepted: false, state: job.state, revision: job.revision };
    }
    for (const next of change.path) {
      if (!isLegal(job.state, next)) throw new Error(`${job.state} to ${next} is not legal`);
      job.state = next;
    }
    const { id: _, revision, from: __, path: ___, section: ____, intents, cause, ...fields } = change;
    const outbox = intents.length > 0 ? [...job.outbox, { revision: revision + 1, intents }] : job.outbox;
    const unixMs = this.storeUnixMs();
    Object.assign(job, { cause, ...fields, outbox, revision: revision + 1, updatedUnixMs: unixMs });
    if (isTerminal(job.state) && intents.length === 0) this.#index.delete(change.id);
    return { accepted: true, revision: revision + 1, unixMs };
  }

  #peek(id: string): Job | undefined {
    const entry = this.#entries.get(id);
    return entry && snapshotOf(entry.job);
  }

  async #call<Answer>(call: keyof Jobs, id: string, act: () => Answer): Promise<Answer> {
    await this.trap(call, "before", id);
    const answer = act();
    await this.trap(call, "after", id);
    return answer;
  }
}

/** As a store tells it: an empty name is none. */
function snapshotOf(job: Job): Job {
  const { worker, session, ...rest } = job;
  return { ...rest, ...(worker ? { worker } : {}), ...(session ? { session } : {}) };
}
