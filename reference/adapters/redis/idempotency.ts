import { messageOf, type Clock } from "../../../core/mod.ts";
import type { Idempotency, Log, Redis, Reservation } from "../../ports/mod.ts";

/** What idempotency keys are kept with. */
export interface IdempotencyParts {
  readonly redis: Redis;
  /** CORDUM_IDEMPOTENCY_TTL */
  readonly ttlMs: number;
}

type Wanted = Parameters<Idempotency["reserve"]>[2];

/**
 * Idempotency keys in Redis: `job:idempotency:<tenant>:<key>`, reserved for a job id by one SET NX GET.
 *
 * A reservation is for good: nobody takes it back, and the job may be made by whoever comes next, with that id.
 * A caller who does not know whether its reservation was made may make it again, and `first` is still right.
 */
export function redisIdempotency({ redis, ttlMs }: IdempotencyParts): Idempotency {
  return {
    async reserve(tenant, key, wanted) {
      const before = await redis.command("SET", keyOf(tenant, key), textOf(wanted), "NX", "GET", "PX", ttlMs);
      return typeof before === "string" ? reservationOf(before, wanted) : { ...wanted, first: true };
    },
  };
}

/** What the left-out variant takes. */
export interface LookupThenWriteParts extends IdempotencyParts {
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
}

/** About as long as a gateway takes to make the job, after which the key would be written. */
const writeAfterMs = 25;

/** Left out: the reservation. The key is looked up, and written later, so that two requests may both be the first. */
export function lookupThenWrite({ redis, ttlMs, clock, log }: LookupThenWriteParts): Idempotency {
  return {
    async reserve(tenant, key, wanted) {
      const before = await redis.command("GET", keyOf(tenant, key));
      if (typeof before === "string") return reservationOf(before, wanted);
      clock.after(writeAfterMs, () => {
        redis.command("SET", keyOf(tenant, key), textOf(wanted), "PX", ttlMs).catch((thrown: unknown) => {
          log.debug("idempotency key not written", { key, because: messageOf(thrown) });
        });
      });
      return { ...wanted, first: true };
    },
  };
}

function keyOf(tenant: string, key: string): string {
  return `job:idempotency:${tenant}:${key}`;
}

function textOf({ job, digest }: Wanted): string {
  return JSON.stringify({ job_id: job, digest });
}

function reservationOf(text: string, wanted: Wanted): Reservation {
  const { job_id: job, digest } = JSON.parse(text) as { job_id: string; digest: string };
  return { job, digest, first: job === wanted.job };
}
