import { lostBytesSample, type History, type JobHistory } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { acknowledgedJobs, lossOf } from "./no-job-is-lost.ts";

/** Faults after which a replica of Redis takes the place of its primary. */
const replacing: ReadonlySet<string> = new Set(["failOver", "sleepPrimary"]);

/** What may become of jobs in the tail. */
export interface OnlyTheTailIsLostOptions {
  /**
   * Whether a job that there is a record of may stay unfinished. With two primaries at a time, its place in the index
   * may have been written to the one, and its record to the other: nobody looks for it then. @defaultValue false
   */
  readonly mayStay?: boolean;
}

/**
 * Replication is asynchronous: when a replica takes over, what only the primary had is gone, acknowledged or not. So a
 * job that was acknowledged or written to in that time, the tail, may be missing, or may end in any way; but while
 * there is a record of it, it ends. Every other job is held to what `noJobIsLost` says.
 */
export function onlyTheTailIsLost({ mayStay = false }: OnlyTheTailIsLostOptions = {}): Check {
  return check("only the tail is lost", casesOf, (each) => judge(each, mayStay), {
    subjects: "acknowledged jobs",
    none: "no job was acknowledged",
    seen: (cases) => {
      const inTail = cases.filter((each) => each.isInTail);
      return `${inTail.length} were written to in a tail, ${inTail.filter(isMissing).length} of these are gone; no other is`;
    },
    measure: (cases) => [
      { name: "jobsInTail", value: cases.filter((each) => each.isInTail).length },
      { name: "jobsLostWithTail", value: cases.filter((each) => each.isInTail && isMissing(each)).length },
    ],
  });
}

interface Case {
  readonly job: JobHistory;
  readonly isInTail: boolean;
}

function casesOf(history: History): Case[] {
  const tails = tailsOf(history);
  return acknowledgedJobs(history).map((job) => ({ job, isInTail: tails.some((tail) => meets(job, tail)) }));
}

function judge({ job, isInTail }: Case, mayStay: boolean): Finding {
  if (!isInTail) return lossOf(job, false);
  return mayStay || isMissing({ job }) ? undefined : lossOf(job, true);
}

function isMissing({ job }: Pick<Case, "job">): boolean {
  return job.reads.at(-1)?.state === "missing";
}

interface Tail {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From the beginning of each fault until its primary was replaced for everybody. */
function tailsOf({ faults, samples }: History): Tail[] {
  const replaced = samples.filter(({ name }) => name === lostBytesSample);
  return faults.flatMap(({ action, beginAt: fromMs }) => {
    const toMs = replacing.has(action) ? replaced.find(({ at }) => at >= fromMs)?.at : undefined;
    return toMs === undefined ? [] : [{ fromMs, toMs }];
  });
}

function meets({ acknowledgedAt, writes }: JobHistory, { fromMs, toMs }: Tail): boolean {
  const times = [...(acknowledgedAt === undefined ? [] : [acknowledgedAt]), ...writes.map(({ at }) => at)];
  return times.some((at) => at >= fromMs && at <= toMs);
}
