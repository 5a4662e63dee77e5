import { messageOf } from "../../core/mod.ts";
import { inParallel } from "../replica/in-parallel.ts";
import { makeRounds } from "../replica/rounds.ts";
import type { DueWake, EngineContext, EnginePart } from "./engine-context.ts";
import { wakeRun } from "./wake-run.ts";

/** Wakes the runs that nobody woke in time: those of engines that died, and those whose lock was busy. */
export const delayPoller: EnginePart = {
  name: "delay poller",
  lease: ({ delayPollMs }) => ({ key: "cordum:wf:delay:poller", ttlMs: 2 * delayPollMs }),
  lead(context, { signal }) {
    const { env, config } = context;
    return makeRounds(env, signal, {
      name: "delay poller",
      everyMs: config.delayPollMs,
      round: () => wakeDue(context, signal),
    });
  },
};

const pageSize = 500;
const mostPages = 20;
const mostAtOnce = 16;

/** Those that could not be woken stay at the front: a page without any progress ends the round. */
async function wakeDue(context: EngineContext, signal: AbortSignal): Promise<void> {
  for (let page = 1; page <= mostPages && !signal.aborted; page++) {
    const due = await context.env.runTimers.due(pageSize);
    const woken = await wakeAll(context, due, signal);
    if (due.length < pageSize || woken === 0) return;
  }
}

async function wakeAll(context: EngineContext, due: readonly DueWake[], signal: AbortSignal): Promise<number> {
  const { env } = context;
  let woken = 0;
  const failures = await inParallel(due, mostAtOnce, signal, async (wake) => {
    if (!(await wakeRun(context, wake))) return;
    woken += 1;
    env.metrics.count("workflowReconciled", { cause: "delay" });
  });
  if (failures.length > 0) {
    env.log.warn("runs not woken", { due: due.length, failed: failures.length, first: messageOf(failures[0]) });
  }
  return woken;
}
