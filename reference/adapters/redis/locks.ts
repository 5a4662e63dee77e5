import type { Lock, Locks, Metrics, Redis } from "../../ports/mod.ts";
import { HeldKey, takeKey, type HolderParts } from "./held-key.ts";
import { boundlessKeys, redisKeys, type ReleaseRule } from "./key-store.ts";

/** What locks are made of. */
export interface LockParts extends Pick<HolderParts, "clock" | "random" | "witness" | "log" | "instance"> {
  readonly redis: Redis;
  readonly metrics: Pick<Metrics, "count">;
}

/** The safeguards of a lock. */
export interface LockOptions {
  /** Whether a release compares the token first. */
  readonly release: ReleaseRule;
  /** Whether a held lock is renewed at a third of its TTL. */
  readonly renew: boolean;
}

/**
 * Locks in Redis: SET NX PX with a token, which `GET <key>` shows as `<instance>:<id>`.
 *
 * `acquire` rejects with `Unavailable` when Redis is away. When nobody can tell whether the lock was given it counts
 * as not given, and is taken back. The signal of a lock aborts as soon as the lock is lost, or its time is over
 * without a renewal; it is not released then.
 *
 * @param options - @defaultValue both safeguards
 */
export function redisLocks(parts: LockParts, options: LockOptions = { release: "by-token", renew: true }): Locks {
  return locksIn({ ...parts, store: redisKeys(parts.redis, options.release), renew: options.renew }, parts.metrics);
}

/** Left out: the lock. Whoever wants it gets it, and the witness sees the same events. */
export function unguardedLocks(parts: Omit<LockParts, "redis">): Locks {
  return locksIn({ ...parts, store: boundlessKeys, renew: true }, parts.metrics);
}

function locksIn(parts: Omit<HolderParts, "guard">, metrics: Pick<Metrics, "count">): Locks {
  const holder: HolderParts = { ...parts, guard: "lock", onAbandoned: () => metrics.count("lockAbandoned") };
  return {
    async acquire(key, ttlMs): Promise<Lock | undefined> {
      const grant = await takeKey(holder, key, ttlMs);
      return grant && new HeldKey(holder, grant);
    },
  };
}
