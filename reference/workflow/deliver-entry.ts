import { messageOf } from "../../core/mod.ts";
import type { Run, RunIntent } from "../domain/workflow/mod.ts";
import type { DeliveryPath, Environment, RunOutboxEntry } from "../ports/mod.ts";
import { inParallel } from "../replica/in-parallel.ts";
import { cancelStepJob } from "./cancel-step-job.ts";
import type { ChangeContext, DueWake } from "./engine-context.ts";
import { submitStepJob } from "./submit-step-job.ts";

/** Intents of one entry delivered at the same time. */
const mostAtOnce = 16;

const never = new AbortController().signal;

/**
 * Delivers what one change of a run promised, and settles it. Every intent can be repeated without harm, so an entry
 * that failed in part is simply left whole. Tells whether it was delivered.
 */
export async function deliverEntry(
  context: ChangeContext,
  run: Run,
  entry: RunOutboxEntry,
  path: DeliveryPath,
): Promise<boolean> {
  const { env } = context;
  const submits = entry.intents.filter(({ kind }) => kind === "submit-job");
  const others = entry.intents.filter(({ kind }) => kind !== "submit-job");
  // Nothing is cancelled before it is there: a job that is not is taken for one that is gone.
  const failures = await deliverAll(context, { run, path }, submits);
  failures.push(...(await deliverAll(context, { run, path }, others)));
  if (failures.length > 0) {
    leaveToReconciler(env, run, entry, failures);
    return false;
  }
  env.metrics.count("outboxDelivered", { path });
  await settle(env, run, entry);
  return true;
}

interface Promiser {
  readonly run: Run;
  readonly path: DeliveryPath;
}

function deliverAll(context: ChangeContext, promiser: Promiser, intents: readonly RunIntent[]): Promise<unknown[]> {
  return inParallel(intents, mostAtOnce, never, (intent) => deliverOne(context, promiser, intent));
}

async function deliverOne(context: ChangeContext, { run, path }: Promiser, intent: RunIntent): Promise<void> {
  switch (intent.kind) {
    case "submit-job":
      return submitStepJob(context, run, intent);
    case "cancel-job":
      return cancelStepJob(context, run, intent);
    case "wake-at":
      return setWake(context, { run: run.id, unixMs: intent.unixMs }, path);
  }
}

/** One that was owed and is past is the delay poller's: to wake the run at once would deliver what it owes again. */
async function setWake({ env, wakes }: ChangeContext, wake: DueWake, path: DeliveryPath): Promise<void> {
  await env.runTimers.set(wake.run, wake.unixMs);
  const inMs = wake.unixMs - env.clock.unixMs();
  if (inMs > 0 || path === "at-once") wakes.plan(wake, Math.max(0, inMs));
}

function leaveToReconciler(
  env: Environment,
  run: Run,
  { version }: RunOutboxEntry,
  failures: readonly unknown[],
): void {
  env.metrics.count("outboxFailed");
  env.log.debug("outbox entry left to the reconciler", { run: run.id, version, failures: failures.map(messageOf) });
}

/** An entry that stays unsettled is delivered once more, which is harmless. */
async function settle({ runs, log }: Environment, { id }: Run, { version }: RunOutboxEntry): Promise<void> {
  try {
    await runs.settle(id, version);
  } catch (thrown) {
    log.debug("outbox entry not settled", { run: id, version, because: messageOf(thrown) });
  }
}
