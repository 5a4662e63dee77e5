import { advanceRun, type Run, type RunChange, type RunEvent } from "../domain/workflow/mod.ts";
import type { Lock, RunSaved, StoredRun } from "../ports/mod.ts";
import { announceRun } from "./announce-run.ts";
import type { Changed } from "./changed.ts";
import { deliverEntry } from "./deliver-entry.ts";
import type { ChangeContext } from "./engine-context.ts";
import { withRunLock } from "./with-run-lock.ts";

/**
 * Opens a run under its lock, lets the events happen to it in order, and writes what follows with the version and the
 * epoch of that opening. A refused write is decided again, once, on a newly opened run.
 *
 * Promises are delivered in the order in which they were made, those of earlier writers first: a job is made before
 * it is cancelled, whoever does either. When one cannot be delivered, the later ones wait with it in the outbox.
 */
export async function changeRun(context: ChangeContext, id: string, events: readonly RunEvent[]): Promise<Changed> {
  return (await withRunLock(context, id, (lock) => openAndSave(context, id, events, lock))) ?? contended;
}

const contended: Changed = { kind: "contended" };

async function openAndSave(
  context: ChangeContext,
  id: string,
  events: readonly RunEvent[],
  lock: Lock,
): Promise<Changed> {
  for (let opening = 1; opening <= 2; opening++) {
    const stored = await context.env.runs.open(id);
    if (!stored) return { kind: "missing" };
    const recovered = await deliverOwed(context, stored, lock);
    if (lock.signal.aborted) return contended;
    const change = happen(context, stored.run, events);
    if (!change.changed) return { kind: "kept", run: stored.run, recovered };
    const saved = await save(context, stored, change, lock);
    if (saved.accepted) return made(context, { stored, change, saved, recovered }, lock);
    if (lock.signal.aborted) return contended;
  }
  return contended;
}

/** @returns how many entries were delivered */
async function deliverOwed(context: ChangeContext, { run, outbox }: StoredRun, { signal }: Lock): Promise<number> {
  for (const [index, entry] of outbox.entries()) {
    if (signal.aborted || !(await deliverEntry(context, run, entry, "sweep"))) return index;
  }
  return outbox.length;
}

/** All events in one step. */
function happen({ env, config }: ChangeContext, run: Run, events: readonly RunEvent[]): RunChange {
  const nowUnixMs = env.clock.unixMs();
  let all: RunChange = { changed: false, run, intents: [], timeline: [] };
  for (const event of events) {
    const next = advanceRun(all.run, event, nowUnixMs, { forEachMaxItems: config.forEachMaxItems });
    if (!next.changed) continue;
    const [intents, timeline] = [
      [...all.intents, ...next.intents],
      [...all.timeline, ...next.timeline],
    ];
    all = { changed: true, run: next.run, intents, timeline };
  }
  return all;
}

function save({ env }: ChangeContext, stored: StoredRun, change: RunChange, lock: Lock): Promise<RunSaved> {
  const { run, intents, timeline } = change;
  const { version, epoch } = stored;
  return env.runs.save({ run, version, epoch, intents, timeline, section: lock.section });
}

interface Made {
  readonly stored: StoredRun;
  readonly change: RunChange;
  readonly saved: RunSaved;
  readonly recovered: number;
}

/** A lock that was lost meanwhile is no reason to keep a promise back: it is stored, and may be delivered twice. */
async function made(context: ChangeContext, { stored, change, saved, recovered }: Made, lock: Lock): Promise<Changed> {
  const { run, intents } = change;
  announceRun(context.env, stored.run, run);
  const isNext = recovered === stored.outbox.length;
  if (isNext && intents.length > 0) {
    await deliverEntry(context, run, { version: saved.version, intents }, "at-once");
  }
  return lock.signal.aborted ? contended : { kind: "changed", run, recovered };
}
