/**
 * Does something with each item, in their order, with at most `limit` of them in hand at a time. Begins no more of
 * them once the signal aborts.
 *
 * @returns what failed; one failure does not keep the others from being done
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  signal: AbortSignal,
  each: (item: Item) => Promise<void>,
): Promise<unknown[]> {
  const queue = items.values();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      if (signal.aborted) return;
      await each(item).catch((thrown: unknown) => failures.push(thrown));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return failures;
}
