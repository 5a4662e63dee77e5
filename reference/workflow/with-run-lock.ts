import type { Lock } from "../ports/mod.ts";
import { busyWaitMs, withLock } from "../replica/with-lock.ts";
import type { ChangeContext } from "./engine-context.ts";

/** Every run's lock begins with this. */
export const runLockPrefix = "cordum:wf:run:lock:";

/** The key of a run's lock. */
export function runLockKey(run: string): string {
  return `${runLockPrefix}${run}`;
}

/** Does something to a run under its lock, or nothing when somebody else holds it. */
export function withRunLock<Result>(
  context: ChangeContext,
  run: string,
  act: (lock: Lock) => Promise<Result>,
): Promise<Result | undefined> {
  const { env, config } = context;
  const wanted = { key: runLockKey(run), ttlMs: config.runLockTtlMs, onBusy: () => env.metrics.count("runLockWaits") };
  return withLock(context, wanted, act);
}

const firstWaitMs = 50;

/** When to try again after finding a run's lock held: soon, and later each time, up to a sixtieth of its TTL. */
export function runBusyMs(deliveries: number, runLockTtlMs: number): number {
  return Math.min(firstWaitMs * 2 ** (deliveries - 1), busyWaitMs(runLockTtlMs));
}
