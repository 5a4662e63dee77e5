import type { History, JobHistory } from "../../core/mod.ts";

/** A job from the moment that the plane acknowledged it to the moment that it took effect. */
export interface Journey {
  readonly job: string;
  readonly load: string | undefined;
  readonly acknowledgedAt: number;
  /** Missing when the run ended without an effect: lost, failed, cancelled, or late. */
  readonly effectAt: number | undefined;
}

/** The journeys of all acknowledged jobs, in order of acknowledgement. */
export function journeys(history: History): Journey[] {
  const found: Journey[] = [];
  for (const job of history.jobs.values()) {
    if (job.acknowledgedAt === undefined) continue;
    found.push({ job: job.id, load: job.load, acknowledgedAt: job.acknowledgedAt, effectAt: firstEffectAt(job) });
  }
  return found.toSorted((a, b) => a.acknowledgedAt - b.acknowledgedAt);
}

/** The durations of those that arrived. An effect may precede the acknowledgement's way back: that counts as 0. */
export function endToEndMs(travelled: readonly Journey[]): number[] {
  return travelled.flatMap(({ acknowledgedAt, effectAt }) =>
    effectAt === undefined ? [] : [Math.max(0, effectAt - acknowledgedAt)],
  );
}

function firstEffectAt(job: JobHistory): number | undefined {
  return job.effects.find((effect) => effect.decision === "accepted")?.at;
}
