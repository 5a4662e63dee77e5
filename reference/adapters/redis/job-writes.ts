import type { Random, Witness, WriteEvent } from "../../../core/mod.ts";
import { isLegal, isTerminal, type JobState } from "../../domain/job-state.ts";
import type { Advanced, Change, Claim, ClaimRequest, Intent, Jobs, Metrics, NewJob, Redis } from "../../ports/mod.ts";
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
  const writer: Writer = { ...parts, by: logName(parts.instance), tokenOf: changeTokens(parts.random) };
  return {
    create: (job, intents) => create(writer, job, intents),
    advance: (change) => advance(writer, change),
    claim: (request) => claim(writer, request),
  };
}

interface Writer extends JobWriteParts {
  readonly by: string;
  tokenOf(change: Change): string;
}

async function create(writer: Writer, job: NewJob, intents: readonly Intent[]): ReturnType<Jobs["create"]> {
  await writer.index.add(job.id);
  const sentAt = writer.clock.now();
  const args = [writer.by, intentsText(intents), ...pairsOfNewJob(job)];
  const reply = await writer.redis.script(createScript, [recordKey(job.id)], args);
  const [made, state, revision] = reply as [number, JobState, number];
  const created = made === 1;
  testify(writer, { job: job.id, accepted: created, from: "NONE", to: "PENDING", epoch: 0, sentAt });
  if (created) countStates(writer, job.topic, ["PENDING"]);
  if (isTerminal(state)) writer.index.removeSoon(job.id);
  return { created, state, revision };
}

async function advance(writer: Writer, change: Change): Promise<Advanced> {
  const to = lastOf(change);
  const sentAt = writer.clock.now();
  const args = argsOfChange(writer, change, to);
  const reply = (await writer.redis.script(advanceScript, [recordKey(change.id)], args)) as AdvanceReply;
  const [accepted, section] = [reply[0] === 1, change.section === undefined ? {} : { section: change.section }];
  testify(writer, { job: change.id, ...section, accepted, from: change.from, to, epoch: change.epoch, sentAt });
  if (reply[0] === 0) {
    writer.metrics.count("refusedWrites", { to });
    return { accepted: false, state: reply[1], revision: reply[2] };
  }
  countStates(writer, reply[3], change.path);
  // A job that still owes something stays listed: the sweep pays what its writer could not, and then forgets it.
  if (isTerminal(to) && change.intents.length === 0) writer.index.removeSoon(change.id);
  return { accepted: true, revision: reply[1], unixMs: wholeMs(reply[2]) };
}

async function claim(writer: Writer, { id, epoch, token, worker, session }: ClaimRequest): Promise<Claim> {
  const sentAt = writer.clock.now();
  const args = [epoch, token, worker, session, logName(worker)];
  const reply = (await writer.redis.script(claimScript, [recordKey(id)], args)) as ClaimReply;
  testify(writer, { job: id, accepted: reply[0] === 1, from: "DISPATCHED", to: "RUNNING", epoch, sentAt });
  if (reply[0] === 0) {
    writer.metrics.count("refusedWrites", { to: "RUNNING" });
    return { granted: false, state: reply[1], epoch: reply[2] };
  }
  countStates(writer, reply[2], ["RUNNING"]);
  return { granted: true, payload: reply[1] };
}

const createScript = loadScript("job-create", "job-record");
const advanceScript = loadScript("job-advance", "job-record");
const claimScript = loadScript("job-claim", "job-record");

type AdvanceReply = [1, revision: number, micros: string, topic: string] | [0, JobState | "NONE", revision: number];
type ClaimReply = [1, payload: string, topic: string] | [0, JobState | "NONE", epoch: number];

function argsOfChange(writer: Writer, change: Change, to: JobState): (string | number)[] {
  const ttlMs = isTerminal(to) ? Math.ceil(writer.metaTtlMs) : 0;
  const { revision, from, epoch, path } = change;
  const fixed = [revision, from, writer.tokenOf(change), epoch, writer.by, ttlMs, intentsText(change.intents)];
  return [...fixed, path.length, ...path, ...pairsOfChange(change)];
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
