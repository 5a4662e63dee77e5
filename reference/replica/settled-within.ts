import type { Clock } from "../../core/mod.ts";

/** Waits for a promise, at most this long. Tells whether it was settled by then. */
export async function settledWithin(clock: Clock, limitMs: number, promise: Promise<unknown>): Promise<boolean> {
  const over = new AbortController();
  const settled = promise.then(
    () => true,
    () => true,
  );
  const late = clock.sleep(limitMs, over.signal).then(() => false);
  try {
    return await Promise.race([settled, late]);
  } finally {
    over.abort();
  }
}
