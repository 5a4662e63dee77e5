import type { History } from "../core/mod.ts";
import { stepTimes } from "./step-times.ts";
import { workflowRuns } from "./workflow-runs.ts";

/** Work that the plane owes: a job since its acknowledgement, a step of a run since all before it has ended. */
export interface Promised {
  /** A job's id, or `<run>:<step>`. */
  readonly name: string;
  readonly load: string | undefined;
  readonly sinceMs: number;
  /** When it took effect, all of it; missing when it never did. */
  readonly effectAt: number | undefined;
}

/** Everything that the plane owed in a run, in order of time. */
export function promisesIn(history: History): Promised[] {
  return [...jobPromises(history), ...stepPromises(history)].toSorted((a, b) => a.sinceMs - b.sinceMs);
}

function jobPromises({ jobs }: History): Promised[] {
  const promises: Promised[] = [];
  for (const { id: name, load, acknowledgedAt: sinceMs, effects } of jobs.values()) {
    if (sinceMs === undefined) continue;
    promises.push({ name, load, sinceMs, effectAt: effects.find(({ decision }) => decision === "accepted")?.at });
  }
  return promises;
}

/** The steps with jobs that became due in the runs that the plane acknowledged. */
export function stepPromises(history: History): Promised[] {
  return workflowRuns(history).flatMap((run) => {
    const timeOf = stepTimes(run);
    return [...(run.steps?.values() ?? [])].flatMap(({ fact: { id, jobs } }) => {
      const time = jobs === 0 ? undefined : timeOf(id);
      if (!time) return [];
      const sinceMs = Math.max(time.dueAt, run.acknowledgedAt);
      const effectAt = time.endedAt === Infinity ? undefined : time.endedAt;
      return [{ name: `${run.run}:${id}`, load: run.load, sinceMs, effectAt }];
    });
  });
}
