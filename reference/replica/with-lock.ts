import type { Environment, Lock } from "../ports/mod.ts";
import type { Background } from "./background.ts";

/** What working under a lock takes. */
export interface LockContext {
  readonly env: Pick<Environment, "locks">;
  readonly background: Background;
}

/** A lock that is wanted. */
export interface WantedLock {
  readonly key: string;
  readonly ttlMs: number;
  /** Somebody else holds it. */
  onBusy(): void;
}

/**
 * Does something under a lock, or nothing when somebody else holds it.
 *
 * The release is on its way when this returns, and nobody waits for its answer. A lock that was lost is not released:
 * it may be somebody else's by now.
 */
export async function withLock<Result>(
  { env, background }: LockContext,
  wanted: WantedLock,
  act: (lock: Lock) => Promise<Result>,
): Promise<Result | undefined> {
  const lock = await env.locks.acquire(wanted.key, wanted.ttlMs);
  if (!lock) {
    wanted.onBusy();
    return undefined;
  }
  try {
    return await act(lock);
  } finally {
    if (!lock.signal.aborted) background.run("release of a lock", lock.release());
  }
}

/** When to try again after finding a lock held: a sixtieth of its TTL (500 ms for 30 s), at least 50 ms. */
export function busyWaitMs(lockTtlMs: number): number {
  return Math.max(50, lockTtlMs / 60);
}
