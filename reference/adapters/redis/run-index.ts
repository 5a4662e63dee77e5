import { messageOf, type Clock } from "../../../core/mod.ts";
import { isEnded } from "../../domain/workflow/run-queries.ts";
import type { Run, RunState } from "../../domain/workflow/run.ts";
import type { Command, Log, Redis, Runs, StoredRun } from "../../ports/mod.ts";

/** Runs that have not ended, or owe something, by creation time in ms. Some may not: safety never rests on it. */
const unfinishedKey = "wf:runs:unfinished";
/** Each list shows so many of the newest. */
const listedMax = 10_000;
/** For so long the maker of a record may be asleep between listing its id and making it. */
const orphanAfterMs = 600_000;

const runStates: readonly RunState[] = [
  ...(["pending", "running", "waiting", "succeeded", "failed", "cancelled", "timed_out"] as const),
];

/** The indexes of the runs' records. Every write can be repeated, and what one misses a later one puts right. */
export interface RunIndex extends Pick<Runs, "unfinished" | "forgetFinished"> {
  /** Before the record is made: an id without a record is harmless, a record without an id would be forgotten. */
  announce(run: Run): Promise<void>;
  /** After the record was made. */
  add(run: Run): Promise<void>;
  /** After the record went from one state to another. */
  move(run: Run, from: RunState, owesNothing: boolean): Promise<void>;
  /** A page of ids, the newest first, among which are all listed ones that match. */
  page(query: IndexQuery, offset: number, limit: number): Promise<string[]>;
  /** The record is gone: nobody needs to find it. */
  drop(query: IndexQuery, ids: readonly string[]): Promise<void>;
}

/** Which of a tenant's runs. */
export interface IndexQuery {
  readonly tenant: string;
  readonly workflow?: string;
  readonly state?: RunState;
}

/** What the indexes are made of. */
export interface RunIndexParts {
  readonly redis: Redis;
  readonly clock: Pick<Clock, "unixMs">;
  readonly log: Log;
  read(id: string): Promise<StoredRun | undefined>;
}

/** The indexes in Redis: sorted sets by creation time, of all that is unfinished and of what each tenant has. */
export function runIndex(parts: RunIndexParts): RunIndex {
  const { redis } = parts;
  return {
    async announce({ id, createdUnixMs }) {
      await redis.command("ZADD", unfinishedKey, "NX", createdUnixMs, id);
    },
    add: (run) => heal(parts, placing(run)),
    move: (run, from, owesNothing) => heal(parts, moving(run, from, owesNothing)),
    async unfinished({ offset, limit }) {
      return (await redis.command("ZRANGE", unfinishedKey, offset, offset + limit - 1)) as string[];
    },
    forgetFinished: (id) => forgetFinished(parts, id),
    async page(query, offset, limit) {
      return (await redis.command("ZRANGE", narrowestKey(query), offset, offset + limit - 1, "REV")) as string[];
    },
    drop: (query, ids) => heal(parts, ids.length === 0 ? [] : [["ZREM", narrowestKey(query), ...ids]]),
  };
}

/** A failure here costs a line in a list until the record's next change, or until it has ended and is forgotten. */
async function heal({ redis, log }: RunIndexParts, commands: readonly Command[]): Promise<void> {
  if (commands.length === 0) return;
  try {
    await redis.pipeline(commands);
  } catch (thrown) {
    log.debug("index of runs not written", { because: messageOf(thrown) });
  }
}

/** A record that ended has come to its last state: its place in the indexes is put right for good. */
async function forgetFinished(parts: RunIndexParts, id: string): Promise<void> {
  const { redis, clock } = parts;
  const stored = await parts.read(id);
  if (!stored) {
    const listedAt = await redis.command("ZSCORE", unfinishedKey, id);
    // A record that is not there is either gone, or about to be made by somebody slow.
    if (clock.unixMs() - Number(listedAt) > orphanAfterMs) await redis.command("ZREM", unfinishedKey, id);
  } else if (isEnded(stored.run.state) && stored.outbox.length === 0) {
    await redis.pipeline(placing(stored.run));
    await redis.command("ZREM", unfinishedKey, id);
  }
}

/** Commands that list a run in all its places, and under no other state. */
function placing(run: Run): Command[] {
  const { id, tenant, definition, state } = run;
  const others = runStates.filter((each) => each !== state);
  return [
    ...listing(allKey(tenant), run),
    ...listing(workflowKey(tenant, definition.id), run),
    ...listing(stateKey(tenant, state), run),
    ...others.map((other): Command => ["ZREM", stateKey(tenant, other), id]),
  ];
}

function moving(run: Run, from: RunState, owesNothing: boolean): Command[] {
  const { id, tenant, state } = run;
  const done: Command[] = isEnded(state) && owesNothing ? [["ZREM", unfinishedKey, id]] : [];
  if (from === state) return done;
  return [["ZREM", stateKey(tenant, from), id], ...listing(stateKey(tenant, state), run), ...done];
}

function listing(key: string, { id, createdUnixMs }: Run): Command[] {
  return [
    ["ZADD", key, createdUnixMs, id],
    ["ZREMRANGEBYRANK", key, 0, -listedMax - 1],
  ];
}

function narrowestKey({ tenant, workflow, state }: IndexQuery): string {
  if (workflow !== undefined) return workflowKey(tenant, workflow);
  return state === undefined ? allKey(tenant) : stateKey(tenant, state);
}

function allKey(tenant: string): string {
  return `wf:runs:all:${tenant}`;
}

function workflowKey(tenant: string, workflow: string): string {
  return `wf:runs:of:${workflow}:${tenant}`;
}

function stateKey(tenant: string, state: RunState): string {
  return `wf:runs:status:${state}:${tenant}`;
}
