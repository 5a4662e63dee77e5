import type { Clock } from "../../../core/mod.ts";

/** Whether a promise is fulfilled within this long, and before the signal aborts. Rejects when the promise does. */
export function fulfilledWithin(
  clock: Clock,
  limitMs: number,
  promise: Promise<unknown>,
  signal?: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const over = (): void => {
      timer.cancel();
      signal?.removeEventListener("abort", giveUp);
    };
    const giveUp = (): void => {
      over();
      resolve(false);
    };
    // By hand: a signal made of two, for each wait, is slow, and outlives it.
    const timer = clock.after(limitMs, giveUp);
    signal?.addEventListener("abort", giveUp);
    promise.then(
      () => resolve(true),
      (error: unknown) => reject(error as Error),
    );
    promise.then(over, over);
    if (signal?.aborted) giveUp();
  });
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
