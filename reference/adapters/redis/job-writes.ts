import type { Random, Witness, WriteEvent } from "../../../core/mod.ts";
import { isLegal, isTerminal, type JobState } from "../../domain/job-state.ts";
import type { Advanced, Change, Claim, Jobs, Metrics, Redis } from "../../ports/mod.ts";
import type { JobIndex } from "./job-index.ts";
import { intentsText, logName, pairsOfChange, pairsOfNewJob, recordKey, wholeMs } from "./job-record.ts";
import { loadScript } from "./scripts.ts";

/** What writing jobs takes. */
export interface JobWriteParts {
  readonly redis: Redis;
  readonly clock: { now(): number };
  readonly random: Random;
  readonly witness: Witness;
  readonly metrics: Pick<Metrics, "count">;
  /** CORDUM_INSTANCE_ID: whom the job's log names. */
  readonly instance: string;
  /** JOB_META_TTL: how long a finished job is kept. */
  readonly metaTtlMs: number;
  readonly index: JobIndex;
}

/** The writes to jobs' records: each one script on one key. */
export function jobWrites(parts: JobWriteParts): Pick<Jobs, "create" | "advance" | "claim"> {
  const tokenOf = changeTokens(parts.random);
  const by = logName(parts.instance);
  return {
    async create(job, intents) {
      await parts.index.add(job.id);
      const sentAt = parts.clock.now();
      const args = [by, intentsText(intents), ...pairsOfNewJob(job)];
      const reply = await parts.redis.script(createScript, [recordKey(job.id)], args);
      const [made, state, revision] = reply as [number, JobState, number];
      const created = made === 1;
      testify(parts, { job: job.id, accepted: created, from: "NONE", to: "PENDING", epoch: 0, sentAt });
      if (created) countStates(parts, job.topic, ["PENDING"]);
      if (isTerminal(state)) parts.index.removeSoon(job.id);
      return { created, state, revision };
    },
    async advance(change) {
      const to = lastOf(change);
      const sentAt = parts.clock.now();
      const ttlMs = isTerminal(to) ? Math.ceil(parts.metaTtlMs) : 0;
      const fixed = [change.revision, change.from, tokenOf(change), change.epoch, by, ttlMs];
      const path = [intentsText(change.intents), change.path.length, ...change.path];
      const args = [...fixed, ...path, ...pairsOfChange(change)];
      const reply = (await parts.redis.script(advanceScript, [recordKey(change.id)], args)) as AdvanceReply;
      const advanced = advancedOf(reply);
      const { id: job, from, epoch, section } = change;
      const write = { job, accepted: advanced.accepted, from, to, epoch, sentAt };
      testify(parts, section === undefined ? write : { ...write, section });
      if (reply[0] === 0) parts.metrics.count("refusedWrites", { to });
      else countStates(parts, reply[3], change.path);
      if (advanced.accepted && isTerminal(to)) parts.index.removeSoon(job);
      return advanced;
    },
    async claim(request) {
      const sentAt = parts.clock.now();
      const { id: job, epoch, token, worker, session } = request;
      const args = [epoch, token, worker, session, logName(worker)];
      const reply = (await parts.redis.script(claimScript, [recordKey(job)], args)) as ClaimReply;
      const accepted = reply[0] === 1;
      testify(parts, { job, accepted, from: "DISPATCHED", to: "RUNNING", epoch, sentAt });
      if (reply[0] === 0) parts.metrics.count("refusedWrites", { to: "RUNNING" });
      else countStates(parts, reply[2], ["RUNNING"]);
      return claimOf(reply);
    },
  };
}

const createScript = loadScript("job-create", "job-record");
const advanceScript = loadScript("job-advance", "job-record");
const claimScript = loadScript("job-claim", "job-record");

type AdvanceReply = [1, revision: number, micros: string, topic: string] | [0, JobState | "NONE", revision: number];
type ClaimReply = [1, payload: string, topic: string] | [0, JobState | "NONE", epoch: number];

function advancedOf(reply: AdvanceReply): Advanced {
  return reply[0] === 1
    ? { accepted: true, revision: reply[1], unixMs: wholeMs(reply[2]) }
    : { accepted: false, state: reply[1], revision: reply[2] };
}

function claimOf(reply: ClaimReply): Claim {
  return reply[0] === 1 ? { granted: true, payload: reply[1] } : { granted: false, state: reply[1], epoch: reply[2] };
}

/** @throws Error (a bug) when a step of the path is not legal, or there is none. */
function lastOf({ id, from, path }: Change): JobState {
  let state: JobState = from;
  for (const next of path) {
    if (!isLegal(state, next)) throw new Error(`Job ${id} cannot go from ${state} to ${next}`);
    state = next;
  }
  if (path.length === 0) throw new Error(`A change of job ${id} leads nowhere`);
  return state;
}

/**
 * A token for each change, the same one for the same object: a caller that does not know how its change ended makes
 * it again, and is told that it was made. Another change that only looks the same is another caller's.
 */
function changeTokens(random: Random): (change: Change) => string {
  const life = random.id();
  const tokens = new WeakMap<Change, string>();
  let made = 0;
  return (change) => {
    const known = tokens.get(change);
    if (known !== undefined) return known;
    const token = `${life}:${++made}`;
    tokens.set(change, token);
    return token;
  };
}

function testify({ witness }: JobWriteParts, write: Omit<WriteEvent, "kind" | "at" | "who">): void {
  witness.record({ kind: "write", ...write });
}

function countStates({ metrics }: JobWriteParts, topic: string, states: readonly JobState[]): void {
  for (const state of states) metrics.count("jobsTotal", { topic, state });
}
