import type { Random } from "../../core/mod.ts";
import type { KnownWorker } from "./worker-registry.ts";

/** Where a job goes. */
export type Target =
  | { readonly to: "worker"; readonly worker: string; readonly session: string }
  /** Every worker is full: whoever of the topic's queue group is free first takes it. */
  | { readonly to: "topic" }
  | { readonly to: "nobody" };

/**
 * Gives a job to the worker with the smallest share of its capacity in use, and counts it as given.
 *
 * It counts whether or not the dispatch comes to be: the next heartbeat sets that right.
 *
 * A worker's use is what its last heartbeat said, and what this scheduler gave it since. So several schedulers
 * together may give a worker more than it can run at once, each at most its free capacity in one heartbeat interval.
 *
 * @param candidates - the workers that take work of the topic
 * @param random - decides between equals
 */
export function assign(candidates: Iterable<KnownWorker>, random: Pick<Random, "int">): Target {
  const { anybody, best } = leastLoaded(candidates, random);
  if (!anybody) return { to: "nobody" };
  if (!best) return { to: "topic" };
  best.assigned += 1;
  return { to: "worker", worker: best.id, session: best.session };
}

/** One pass; the k-th of several equals replaces the one before it with chance 1/k, so each is as likely. */
function leastLoaded(
  candidates: Iterable<KnownWorker>,
  random: Pick<Random, "int">,
): { anybody: boolean; best: KnownWorker | undefined } {
  let anybody = false;
  let best: KnownWorker | undefined;
  let leastUse = 1;
  let equals = 0;
  for (const worker of candidates) {
    anybody = true;
    const use = usedShare(worker);
    if (use >= 1 || use > leastUse) continue;
    equals = use === leastUse ? equals + 1 : 1;
    leastUse = use;
    if (equals === 1 || random.int(equals) === 0) best = worker;
  }
  return { anybody, best };
}

/** Share of its capacity that a worker has in use; 1 and more is full. */
function usedShare({ activeJobs, assigned, maxParallelJobs }: KnownWorker): number {
  return maxParallelJobs > 0 ? (activeJobs + assigned) / maxParallelJobs : 1;
}
