import type { Clock } from "../../../core/mod.ts";
import { isTerminal, type JobState } from "../../domain/job-state.ts";
import type { Jobs, Log, Redis } from "../../ports/mod.ts";
import { gathered, type Gathered } from "./gathered.ts";
import { recordKey } from "./job-record.ts";

/** Jobs that have not ended, by creation time in ms. Some may have: safety never rests on it. */
const unfinishedKey = "job:index:open";
/** The newest jobs, by creation time in ms. */
const recentKey = "job:recent";
const recentMax = 1_000;
/** Trimming the list of the newest is not worth a command each time that it grows. */
const trimEvery = 10;
/** For so long the maker of a record may be asleep between listing its id and making it. */
const orphanAfterMs = 600_000;

/** The indexes of the jobs' records: written before a record is made, and cleaned after it has ended. */
export interface JobIndex extends Pick<Jobs, "unfinished" | "forgetFinished" | "recent"> {
  add(id: string): Promise<void>;
  /** Nobody waits for it: what it fails to remove is forgotten by whoever finds it. */
  removeSoon(id: string): void;
}

/** What the indexes are made of. */
export interface JobIndexParts {
  readonly redis: Redis;
  readonly clock: Clock;
  readonly log: Log;
}

/** The indexes in Redis: two sorted sets, each written by commands that can be repeated. */
export function jobIndex(parts: JobIndexParts): JobIndex {
  const { redis, clock } = parts;
  const recent = recentJobs(parts);
  const ended = gathered<string>(parts, (ids) => ["ZREM", unfinishedKey, ...ids]);
  return {
    async add(id) {
      const now = Math.floor(clock.unixMs());
      recent.add([now, id]);
      await redis.command("ZADD", unfinishedKey, "NX", now, id);
    },
    removeSoon: (id) => ended.add(id),
    async unfinished({ olderThanMs, offset, limit }) {
      const until = Math.floor(clock.unixMs() - olderThanMs);
      const range = ["-inf", until, "BYSCORE", "LIMIT", offset, limit] as const;
      return (await redis.command("ZRANGE", unfinishedKey, ...range)) as string[];
    },
    async forgetFinished(id) {
      const [state, listedAt] = await redis.pipeline([
        ["HGET", recordKey(id), "state"],
        ["ZSCORE", unfinishedKey, id],
      ]);
      if (isOver(state as JobState | null, clock.unixMs() - Number(listedAt))) {
        await redis.command("ZREM", unfinishedKey, id);
      }
    },
    async recent({ offset, limit }) {
      const last = Math.min(offset + limit, recentMax) - 1;
      if (last < offset) return [];
      return (await redis.command("ZRANGE", recentKey, offset, last, "REV")) as string[];
    },
  };
}

/** Only for listing: a job that it misses can still be read by its id. */
function recentJobs(parts: JobIndexParts): Gathered<readonly [number, string]> {
  const trimmed = gathered<null>(parts, () => ["ZREMRANGEBYRANK", recentKey, 0, -recentMax - 1]);
  let written = 0;
  return gathered(parts, (jobs) => {
    if (written++ % trimEvery === 0) trimmed.add(null);
    return ["ZADD", recentKey, "NX", ...jobs.flat()];
  });
}

/** A record that is not there is either gone, or about to be made by somebody slow. */
function isOver(state: JobState | null, listedForMs: number): boolean {
  return state === null ? listedForMs > orphanAfterMs : isTerminal(state);
}
