import type { Clock } from "../../../core/mod.ts";

/** Whether a promise is fulfilled within this long, and before the signal aborts. Rejects when the promise does. */
export async function fulfilledWithin(
  clock: Clock,
  limitMs: number,
  promise: Promise<unknown>,
  signal?: AbortSignal,
): Promise<boolean> {
  const over = new AbortController();
  const patience = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
  try {
    return await Promise.race([promise.then(() => true), clock.sleep(limitMs, patience).then(() => false)]);
  } finally {
    over.abort();
  }
}

/**
 * Tries again, at growing distances, until an attempt succeeds or the limit has passed.
 *
 * @throws what the last attempt threw, or at once what `isFinal` calls final.
 */
export async function retryWithin<Value>(
  clock: Clock,
  limitMs: number,
  attempt: () => Promise<Value>,
  isFinal: (thrown: unknown) => boolean = () => false,
): Promise<Value> {
  const deadline = clock.now() + limitMs;
  for (let delayMs = 50; ; delayMs = Math.min(2 * delayMs, 1_000)) {
    try {
      return await attempt();
    } catch (thrown) {
      if (isFinal(thrown) || clock.now() + delayMs >= deadline) throw thrown;
    }
    await clock.sleep(delayMs);
  }
}
