import type { Clock, Random, Witness } from "../../../core/mod.ts";
import type { Job, Jobs, Log, Metrics, Redis } from "../../ports/mod.ts";
import { jobIndex } from "./job-index.ts";
import { fieldsOf, jobFields, jobOf, outboxField, outboxOf, outboxRevisions, recordKey } from "./job-record.ts";
import { jobWrites } from "./job-writes.ts";
import { loadScript } from "./scripts.ts";

/** What the jobs' store is made of. */
export interface JobsParts {
  readonly redis: Redis;
  readonly clock: Clock;
  readonly random: Random;
  readonly witness: Witness;
  readonly metrics: Pick<Metrics, "count">;
  readonly log: Log;
  /** CORDUM_INSTANCE_ID: whom the jobs' logs name. */
  readonly instance: string;
  /** JOB_META_TTL: how long a finished job is kept. */
  readonly metaTtlMs: number;
}

/**
 * Jobs in Redis: one hash each, `job:meta:<id>`, written by scripts on that key alone.
 *
 * After an `OutcomeUnknown`, `create`, `claim` and `advance` may be called again with the very same object: a write
 * that was made is found made, and one that was not is made, unless somebody else has written since.
 */
export function redisJobs(parts: JobsParts): Jobs {
  const { redis } = parts;
  const index = jobIndex(parts);
  return {
    ...jobWrites({ ...parts, index }),
    read: (id) => read(redis, id),
    open: (id) => open(redis, id),
    async payload(id) {
      const payload = await redis.command("HGET", recordKey(id), "payload");
      return typeof payload === "string" ? payload : undefined;
    },
    async settle(id, revision) {
      await redis.command("HDEL", recordKey(id), outboxField(revision));
    },
    unfinished: (query) => index.unfinished(query),
    forgetFinished: (id) => index.forgetFinished(id),
    recent: (query) => index.recent(query),
  };
}

const openScript = loadScript("job-open");

type Values = (string | null)[];

async function open(redis: Redis, id: string): Promise<Job | undefined> {
  const reply = (await redis.script(openScript, [recordKey(id)], jobFields)) as [Values, string[]] | null;
  const fields = reply && fieldsOf(reply[0]);
  return fields ? jobOf(id, fields, outboxOf(reply[1])) : undefined;
}

async function read(redis: Redis, id: string): Promise<Job | undefined> {
  const fields = fieldsOf((await redis.command("HMGET", recordKey(id), ...jobFields)) as Values);
  if (!fields) return undefined;
  const revisions = outboxRevisions(fields);
  if (revisions.length === 0) return jobOf(id, fields, []);
  const texts = (await redis.command("HMGET", recordKey(id), ...revisions.map(outboxField))) as Values;
  const entries = revisions.flatMap((revision, at) => (texts[at] ? [`${revision}`, texts[at]] : []));
  return jobOf(id, fields, outboxOf(entries));
}
