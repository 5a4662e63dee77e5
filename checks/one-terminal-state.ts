import type { History, JobHistory } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { isLegal, isTerminal } from "./transitions.ts";

/**
 * A job has one end: every gateway tells the same, every write and every log agrees, and once a client has seen the
 * end, nobody ever sees anything else. (A result may still be quarantined after SUCCEEDED; the rules provide for it.)
 */
export function oneTerminalState(): Check {
  return check("one terminal state", jobsThatEnded, (job) => disagreement(job) ?? relapse(job), {
    subjects: "jobs that ended",
    none: "no job was seen to end",
    seen: "each has one end, for every reader",
  });
}

function jobsThatEnded({ jobs }: History): JobHistory[] {
  return [...jobs.values()].filter((job) => endsOf(job).size > 0);
}

/** Different ends, whoever told of them. */
function disagreement(job: JobHistory): Finding {
  const ends = endsOf(job);
  const states = [...ends.keys()];
  const isOne = states.every((state) => states.every((other) => mayBeBoth(state, other)));
  if (isOne) return undefined;
  const each = [...ends].map(([state, teller]) => `${state} (${teller})`);
  return { subject: job.id, because: `it has ${ends.size} ends: ${each.join(", ")}` };
}

/** A read that is older than the end that another had seen before. */
function relapse(job: JobHistory): Finding {
  let end: { state: string; via: string; at: number } | undefined;
  for (const { state, via, at } of job.reads) {
    if (end && !mayFollow(end.state, state)) {
      const because = `${via} said ${state} at ${moment(at)}, after ${end.via} had said ${end.state} at ${moment(end.at)}`;
      return { subject: job.id, because, at };
    }
    if (isTerminal(state)) end = { state, via, at };
  }
  return undefined;
}

/** Every end that somebody told of, with the first who did. */
function endsOf(job: JobHistory): Map<string, string> {
  const ends = new Map<string, string>();
  const note = (state: string, teller: string): void => {
    if (isTerminal(state) && !ends.has(state)) ends.set(state, teller);
  };
  for (const { state, via, log } of job.reads) {
    note(state, `read through ${via}`);
    for (const entry of log ?? []) note(entry.state, `in the log that ${via} showed`);
  }
  for (const { accepted, to, who } of job.writes) if (accepted) note(to, `written by ${who}`);
  return ends;
}

function mayBeBoth(state: string, other: string): boolean {
  return mayFollow(state, other) || mayFollow(other, state);
}

function mayFollow(end: string, state: string): boolean {
  return state === end || isLegal(end, state);
}
