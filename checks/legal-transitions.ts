import type { History, JobHistory, JobLogEntry, WriteEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { isLegal, isTerminal } from "./transitions.ts";

/** The plane keeps this many entries of a job's log; of a longer one the beginning is missing. */
const logEntriesMax = 200;

/**
 * Every job goes from state to state as the rules allow, its epoch never falls, its log only grows, and every write
 * that the store accepted is in it.
 */
export function legalTransitions(): Check {
  return check(
    "legal transitions",
    jobsWithLogs,
    (told) => illegalStep(told) ?? rewritten(told) ?? missingWrite(told),
    {
      subjects: "job logs",
      none: "no job's log was read",
      seen: (jobs) =>
        `${jobs.reduce((sum, { log }) => sum + log.length, 0)} steps, each legal, and every write among them`,
    },
  );
}

/** A job with the log of its last read. */
interface ToldJob {
  readonly job: JobHistory;
  readonly log: readonly JobLogEntry[];
}

function* jobsWithLogs({ jobs }: History): Generator<ToldJob> {
  for (const job of jobs.values()) {
    const log = job.reads.findLast((read) => read.log !== undefined)?.log;
    if (log) yield { job, log };
  }
}

function illegalStep({ job, log }: ToldJob): Finding {
  let before: JobLogEntry | undefined;
  for (const entry of log) {
    const from = before?.state ?? (log.length < logEntriesMax ? "NONE" : undefined);
    const step = `${from ?? "?"} to ${entry.state} (epoch ${entry.epoch}, by ${entry.by})`;
    if (from !== undefined && !isLegal(from, entry.state)) return { subject: job.id, because: `it went from ${step}` };
    if (before && entry.epoch < before.epoch) {
      return { subject: job.id, because: `its epoch fell from ${before.epoch} when it went from ${step}` };
    }
    before = entry;
  }
  return undefined;
}

/** A log that was read earlier must be the beginning of every later one. */
function rewritten({ job, log }: ToldJob): Finding {
  if (log.length >= logEntriesMax) return undefined;
  for (const { log: earlier, via, at } of job.reads) {
    const changed = earlier?.findIndex((entry, index) => !isSame(entry, log[index])) ?? -1;
    if (changed < 0) continue;
    return { subject: job.id, because: `entry ${changed + 1} of the log that ${via} showed is gone or changed`, at };
  }
  return undefined;
}

/** Only a finished job's log must hold all its writes: another may have been written to while it was read. */
function missingWrite({ job, log }: ToldJob): Finding {
  if (log.length >= logEntriesMax || !isTerminal(log.at(-1)?.state ?? "")) return undefined;
  const missing = job.writes.find((write) => write.accepted && !log.some((entry) => isWrittenBy(entry, write)));
  if (!missing) return undefined;
  const { to, epoch, who, at } = missing;
  return { subject: job.id, because: `${who} wrote ${to} in epoch ${epoch}, and its log does not know it`, at };
}

function isWrittenBy(entry: JobLogEntry, write: WriteEvent): boolean {
  return entry.state === write.to && entry.epoch === write.epoch;
}

function isSame(entry: JobLogEntry, other: JobLogEntry | undefined): boolean {
  return entry.state === other?.state && entry.epoch === other.epoch;
}
