import type { Lock } from "../ports/mod.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** The key of a job's lock. */
export function jobLockKey(job: string): string {
  return `cordum:scheduler:job:${job}`;
}

/** When to try again after finding a job's lock held: a sixtieth of its TTL (500 ms by default), at least 50 ms. */
export function busyWaitMs(jobLockTtlMs: number): number {
  return Math.max(50, jobLockTtlMs / 60);
}

/**
 * Does something to a job under its lock, or nothing when somebody else holds it.
 *
 * The release is on its way when this returns, and nobody waits for its answer. A lock that was lost is not released:
 * it may be somebody else's by now.
 */
export async function withJobLock<Result>(
  { env, config, background }: SchedulerContext,
  job: string,
  act: (lock: Lock) => Promise<Result>,
): Promise<Result | undefined> {
  const lock = await env.locks.acquire(jobLockKey(job), config.jobLockTtlMs);
  if (!lock) {
    env.metrics.count("lockWaits");
    return undefined;
  }
  try {
    return await act(lock);
  } finally {
    if (!lock.signal.aborted) background.run("release of a job lock", lock.release());
  }
}
