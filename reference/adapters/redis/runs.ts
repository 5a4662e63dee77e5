import type { Clock, Witness } from "../../../core/mod.ts";
import type { Run } from "../../domain/workflow/run.ts";
import type { Log, Metrics, Redis, Runs, Script, StoredRun } from "../../ports/mod.ts";
import { runIndex, type RunIndex } from "./run-index.ts";
import { runKey, runOutboxField, storedRunOf, timelineEntryOf, type HeldReply } from "./run-record.ts";
import { runWrites } from "./run-writes.ts";
import { loadScript } from "./scripts.ts";

/** What the runs' store is made of. */
export interface RunsParts {
  readonly redis: Redis;
  readonly clock: Pick<Clock, "now" | "unixMs">;
  readonly witness: Witness;
  readonly metrics: Pick<Metrics, "count">;
  readonly log: Log;
  /** JOB_META_TTL: how long a run that has ended is kept. */
  readonly metaTtlMs: number;
}

/** Runs in Redis: one hash each, `wf:run:<id>`, written by scripts on that key alone. */
export function redisRuns(parts: RunsParts): Runs {
  const { redis } = parts;
  const read = (id: string): Promise<StoredRun | undefined> => heldIn(redis, readScript, id);
  const index = runIndex({ ...parts, read });
  return {
    ...runWrites({ ...parts, index }),
    read,
    open: (id) => heldIn(redis, openScript, id),
    async settle(id, version) {
      await redis.command("HDEL", runKey(id), runOutboxField(version));
    },
    unfinished: (query) => index.unfinished(query),
    forgetFinished: (id) => index.forgetFinished(id),
    list: (tenant, query) => list(index, read, { ...query, tenant }),
    async timeline(id) {
      const lines = (await redis.script(timelineScript, [runKey(id)], [])) as string[];
      return lines.map(timelineEntryOf);
    },
  };
}

const readScript = loadScript("run-read", "run-record");
const openScript = loadScript("run-open", "run-record");
const timelineScript = loadScript("run-timeline");

async function heldIn(redis: Redis, script: Script, id: string): Promise<StoredRun | undefined> {
  const reply = (await redis.script(script, [runKey(id)], [])) as HeldReply | null;
  return reply ? storedRunOf(reply) : undefined;
}

type ListQuery = Parameters<Runs["list"]>[1] & { readonly tenant: string };

/** Ids looked at together. */
const pageSize = 100;

/** The index tells whom to ask, the documents tell what is true: an id that is listed wrongly is passed over. */
async function list(
  index: RunIndex,
  read: (id: string) => Promise<StoredRun | undefined>,
  query: ListQuery,
): Promise<Run[]> {
  const found: Run[] = [];
  const gone: string[] = [];
  for (let at = 0; found.length < query.offset + query.limit; at += pageSize) {
    const ids = await index.page(query, at, pageSize);
    const runs = await Promise.all(ids.map(async (id) => ({ id, run: (await read(id))?.run })));
    gone.push(...runs.filter(({ run }) => run === undefined).map(({ id }) => id));
    found.push(...runs.flatMap(({ run }) => (run && matches(run, query) ? run : [])));
    if (ids.length < pageSize) break;
  }
  await index.drop(query, gone);
  return found.slice(query.offset, query.offset + query.limit);
}

function matches({ tenant, definition, state }: Run, query: ListQuery): boolean {
  const isWanted = query.workflow === undefined || query.workflow === definition.id;
  return tenant === query.tenant && isWanted && (query.state === undefined || query.state === state);
}
