import type { History, SectionHistory } from "../../../core/mod.ts";

/** When the life began that a replica leads at a moment. What it did in an earlier one it does no more. */
function lastStartOf(replica: string, at: number, { replicas }: History): number {
  const starts = replicas.filter((event) => event.replica === replica && event.phase === "starting" && event.at <= at);
  return starts.at(-1)?.at ?? 0;
}

/** When a replica died next after a moment; never, when it did not. */
export function deathAfter(replica: string, at: number, { replicas }: History): number {
  const exit = replicas.find((event) => event.replica === replica && event.phase === "exited" && event.at >= at);
  return exit?.at ?? Infinity;
}

/** Whether a worker executed anything at a moment. */
export function executesAt(at: number, worker: string, history: History): boolean {
  const since = lastStartOf(worker, at, history);
  for (const { executions } of history.jobs.values()) {
    for (const { worker: who, beginAt, endAt = Infinity } of executions) {
      if (who === worker && beginAt >= since && beginAt <= at && at < endAt) return true;
    }
  }
  return false;
}

/** The locks and leases that a replica held at a moment. */
export function sectionsOpenAt(at: number, replica: string, history: History): SectionHistory[] {
  const since = lastStartOf(replica, at, history);
  return history.sections.filter(
    ({ who, enteredAt, endedAt = Infinity, validUntil }) =>
      who === replica && enteredAt >= since && enteredAt <= at && at < Math.min(endedAt, validUntil),
  );
}
