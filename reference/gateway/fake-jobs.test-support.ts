import type { JobState } from "../domain/job-state.ts";
import type { Advanced, Change, Intent, Job, Jobs, NewJob } from "../ports/mod.ts";

/** Jobs in memory, with the rules that a gateway relies on: create is idempotent, advance compares revisions. */
export class FakeJobs {
  readonly records = new Map<string, Job>();
  readonly payloads = new Map<string, string>();

  readonly port: Jobs = {
    create: async (job, intents) => this.#create(job, intents),
    read: async (id) => this.records.get(id),
    payload: async (id) => this.payloads.get(id),
    advance: async (change) => this.#advance(change),
    settle: async (id, revision) => {
      const job = this.records.get(id);
      if (job) this.records.set(id, { ...job, outbox: job.outbox.filter((entry) => entry.revision !== revision) });
    },
    recent: async ({ offset, limit }) => [...this.records.keys()].toReversed().slice(offset, offset + limit),
    ...{ open: notAsked, claim: notAsked, unfinished: notAsked, forgetFinished: notAsked },
  };

  /** Changes a job behind the gateway's back, as another replica does. */
  move(id: string, change: Partial<Job> & { readonly state: JobState }): void {
    const job = this.records.get(id);
    if (job) this.records.set(id, { ...job, ...change, revision: job.revision + 1 });
  }

  #create(job: NewJob, intents: readonly Intent[]): Awaited<ReturnType<Jobs["create"]>> {
    const existing = this.records.get(job.id);
    if (existing) return { created: false, state: existing.state, revision: existing.revision };
    this.payloads.set(job.id, job.payload);
    this.records.set(job.id, recordOf(job, intents));
    return { created: true, state: "PENDING", revision: 1 };
  }

  #advance(change: Change): Advanced {
    const job = this.records.get(change.id);
    if (job?.revision !== change.revision) {
      return { accepted: false, state: job?.state ?? "NONE", revision: job?.revision ?? 0 };
    }
    const { path, cause = "", epoch, intents } = change;
    const revision = job.revision + 1;
    this.move(change.id, {
      state: path.at(-1) ?? job.state,
      epoch,
      cause,
      outbox: [...job.outbox, { revision, intents }],
    });
    return { accepted: true, revision, unixMs: job.updatedUnixMs };
  }
}

function recordOf(job: NewJob, intents: readonly Intent[]): Job {
  const now = Date.UTC(2026, 0, 1);
  const { id, topic, tenant, traceId, labels, deadlineUnixMs } = job;
  return {
    ...{ id, topic, tenant, traceId, labels, state: "PENDING", epoch: 0, revision: 1 },
    ...{ createdUnixMs: now, updatedUnixMs: now, outbox: [{ revision: 1, intents }] },
    ...(deadlineUnixMs === undefined ? {} : { deadlineUnixMs }),
    log: [{ state: "PENDING", epoch: 0, unixMs: now, by: job.submittedBy }],
  };
}

function notAsked(): never {
  throw new Error("a gateway has no business with this call");
}
