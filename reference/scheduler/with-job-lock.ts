import type { Lock } from "../ports/mod.ts";
import { withLock } from "../replica/with-lock.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** Every job's lock begins with this. */
export const jobLockPrefix = "cordum:scheduler:job:";

/** The key of a job's lock. */
export function jobLockKey(job: string): string {
  return `${jobLockPrefix}${job}`;
}

/** Does something to a job under its lock, or nothing when somebody else holds it. */
export function withJobLock<Result>(
  context: SchedulerContext,
  job: string,
  act: (lock: Lock) => Promise<Result>,
): Promise<Result | undefined> {
  const { env, config } = context;
  const wanted = { key: jobLockKey(job), ttlMs: config.jobLockTtlMs, onBusy: () => env.metrics.count("lockWaits") };
  return withLock(context, wanted, act);
}
