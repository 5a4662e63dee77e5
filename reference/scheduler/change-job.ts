import type { Advanced, DeliveryPath, Job, Lock, OutboxEntry } from "../ports/mod.ts";
import type { Decision, Step } from "./decision.ts";
import { followUp } from "./follow-up.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { withJobLock } from "./with-job-lock.ts";

/** How a change ended. */
export type Changed =
  | { readonly kind: "advanced"; readonly job: Job; readonly step: Step }
  | { readonly kind: "delivered" | "kept"; readonly job: Job; readonly because: string }
  | { readonly kind: "missing" }
  /** Somebody else is at it, or the lock was lost: to be tried again later. */
  | { readonly kind: "contended" };

/** A change, and what its record promises others, not delivered yet. */
interface Written {
  readonly changed: Changed;
  readonly promised?: Promised;
}

interface Promised {
  readonly job: Job;
  readonly entries: readonly OutboxEntry[];
  readonly path: DeliveryPath;
}

/**
 * Opens a job under its lock, decides by what its record says, and writes the decision with the revision that the
 * opening minted. A refused write is decided again, once, on a newly opened record.
 *
 * Promises are delivered when the lock is already on its way back: they are in the record, they may be delivered
 * twice, and whoever answers them (a worker's result takes a few milliseconds) should not find the lock held.
 */
export async function changeJob(
  context: SchedulerContext,
  id: string,
  decide: (job: Job) => Decision,
): Promise<Changed> {
  const written = await withJobLock(context, id, (lock) => openAndWrite(context, id, decide, lock));
  if (!written) return { kind: "contended" };
  if (written.promised) await deliver(context, written.promised);
  return written.changed;
}

const contended: Written = { changed: { kind: "contended" } };

async function openAndWrite(
  context: SchedulerContext,
  id: string,
  decide: (job: Job) => Decision,
  lock: Lock,
): Promise<Written> {
  for (let opening = 1; opening <= 2; opening++) {
    const job = await context.env.jobs.open(id);
    if (lock.signal.aborted) return contended;
    if (!job) return { changed: { kind: "missing" } };
    const decision = decide(job);
    if (decision.kind !== "advance") return unchanged(job, decision);
    const advanced = await write(context, job, decision.step, lock);
    if (advanced.accepted) return lock.signal.aborted ? contended : made(context, job, decision.step, advanced);
    if (lock.signal.aborted) return contended;
  }
  return contended;
}

async function deliver({ env }: SchedulerContext, { job, entries, path }: Promised): Promise<void> {
  for (const entry of entries) await env.outbox.deliver(job, entry, path);
}

async function write({ env, storeTime }: SchedulerContext, job: Job, step: Step, lock: Lock): Promise<Advanced> {
  const sentAt = env.clock.now();
  const { id, revision, state: from } = job;
  const advanced = await env.jobs.advance({ ...step, id, revision, from, section: lock.section });
  if (advanced.accepted) storeTime.stamped(advanced.unixMs, sentAt, env.clock.now());
  return advanced;
}

function unchanged(job: Job, { kind, because }: Exclude<Decision, { kind: "advance" }>): Written {
  if (kind === "keep") return { changed: { kind: "kept", job, because } };
  return { changed: { kind: "delivered", job, because }, promised: { job, entries: job.outbox, path: "sweep" } };
}

function made(context: SchedulerContext, before: Job, step: Step, advanced: Advanced & { accepted: true }): Written {
  const job: Job = { ...before, state: step.path.at(-1) ?? before.state, epoch: step.epoch };
  followUp(context, before, step, advanced.unixMs);
  const entries = step.intents.length > 0 ? [{ revision: advanced.revision, intents: step.intents }] : [];
  return { changed: { kind: "advanced", job, step }, promised: { job, entries, path: "at-once" } };
}
