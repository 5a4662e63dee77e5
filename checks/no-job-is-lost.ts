import type { History, JobHistory } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { isTerminal } from "./transitions.ts";

/** What counts as an end. */
export interface NoJobIsLostOptions {
  /**
   * Whether any terminal state will do. The harness's own work never fails, so by default a job that did not succeed
   * was let down by the plane. @defaultValue false
   */
  readonly mayFail?: boolean;
}

/**
 * Every acknowledged job comes to its end, and one that SUCCEEDED has taken effect.
 *
 * A submission without a clear answer is not held against the plane; an acknowledgement is a promise. The plane's
 * word that a job succeeded counts only together with the sink's.
 */
export function noJobIsLost({ mayFail = false }: NoJobIsLostOptions = {}): Check {
  return check("no job is lost", acknowledgedJobs, (job) => lossOf(job, mayFail), {
    subjects: "acknowledged jobs",
    none: "no job was acknowledged",
    seen: mayFail ? "each ended, and each that succeeded took effect" : "each succeeded, and took effect",
    measure: (jobs) => [{ name: "acknowledgedJobs", value: jobs.length }],
  });
}

/** The jobs that a client was promised. */
export function acknowledgedJobs({ jobs }: History): JobHistory[] {
  return [...jobs.values()].filter((job) => job.acknowledgedAt !== undefined);
}

/** How a promise was broken, if it was. */
export function lossOf(job: JobHistory, mayFail: boolean): Finding {
  const last = job.reads.at(-1);
  if (!last) return { unexamined: `nobody could read ${job.id} at the end` };
  const because = whyLost(job, last.state, mayFail);
  if (because === undefined) return undefined;
  const acknowledged = `acknowledged at ${moment(job.acknowledgedAt ?? 0)}`;
  const cause = last.cause === undefined ? "" : ` (${last.cause})`;
  return { subject: job.id, because: `${acknowledged}, ${because}${cause}`, at: last.at };
}

function whyLost(job: JobHistory, state: string, mayFail: boolean): string | undefined {
  if (!isTerminal(state)) return `and still ${state} at the last read`;
  if (state !== "SUCCEEDED") return mayFail ? undefined : `and ended as ${state}`;
  const tookEffect = job.effects.some((effect) => effect.decision === "accepted");
  return tookEffect ? undefined : "and SUCCEEDED by the plane's word, but the sink never accepted its effect";
}
