import type { Clock } from "../../../core/mod.ts";
import type { Command, DeadLetter, DeadLetters, Redis } from "../../ports/mod.ts";

/** What the dead letter queue is made of. */
export interface DeadLetterParts {
  readonly redis: Redis;
  readonly clock: Pick<Clock, "unixMs">;
  /** CORDUM_DLQ_ENTRY_TTL */
  readonly ttlMs: number;
  /** SCHEDULER_DLQ_MAX_SIZE */
  readonly sizeMax: number;
}

const indexKey = "dlq:index";

/** Most entries that one recording removes, so that none waits for a long clean-up. */
const removedAtOnceMax = 100;

/**
 * Dead letters in Redis: `dlq:entry:<id>` (JSON) and `dlq:index` (creation time in seconds). Beyond the greatest size
 * the oldest go. Recording one again replaces it.
 */
export function redisDeadLetters({ redis, clock, ttlMs, sizeMax }: DeadLetterParts): DeadLetters {
  const expiredUntil = (): string => `(${(clock.unixMs() - ttlMs) / 1_000}`;
  return {
    async record(letter) {
      const [, , , size] = await redis.pipeline([
        ["SET", entryKey(letter.id), JSON.stringify(documentOf(letter)), "PX", ttlMs],
        ["ZADD", indexKey, letter.createdUnixMs / 1_000, letter.id],
        ["ZREMRANGEBYSCORE", indexKey, "-inf", expiredUntil()],
        ["ZCARD", indexKey],
      ]);
      await removeOldest(redis, Number(size) - sizeMax);
    },
    async read(id) {
      const text = await redis.command("GET", entryKey(id));
      return typeof text === "string" ? letterOf(id, JSON.parse(text) as LetterDocument) : undefined;
    },
    async count() {
      return Number(await redis.command("ZCOUNT", indexKey, expiredUntil().slice(1), "+inf"));
    },
  };
}

interface LetterDocument {
  readonly topic: string;
  readonly reason_code: string;
  readonly last_state: string;
  readonly attempts: number;
  readonly created_at: string;
}

async function removeOldest(redis: Redis, excess: number): Promise<void> {
  if (excess <= 0) return;
  const last = Math.min(excess, removedAtOnceMax) - 1;
  const ids = (await redis.command("ZRANGE", indexKey, 0, last)) as string[];
  if (ids.length === 0) return;
  const entries = ids.map((id): Command => ["UNLINK", entryKey(id)]);
  await redis.pipeline([...entries, ["ZREM", indexKey, ...ids]]);
}

function entryKey(id: string): string {
  return `dlq:entry:${id}`;
}

function documentOf(letter: DeadLetter): LetterDocument & { readonly job_id: string } {
  return {
    job_id: letter.id,
    topic: letter.topic,
    reason_code: letter.cause,
    last_state: letter.lastState,
    attempts: letter.attempts,
    created_at: new Date(letter.createdUnixMs).toISOString(),
  };
}

function letterOf(id: string, document: LetterDocument): DeadLetter {
  return {
    id,
    topic: document.topic,
    cause: document.reason_code,
    lastState: document.last_state,
    attempts: document.attempts,
    createdUnixMs: Date.parse(document.created_at),
  };
}
