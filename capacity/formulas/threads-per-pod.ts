import { requireWhole } from "../figures.ts";

/** What the threads of a pod follow from, by the seed. */
export interface ThreadsPerPodInputs {
  readonly shards: number;
  readonly workersPerShard: number;
  /** @defaultValue 8, as in the seed. */
  readonly callbackThreadsPerShard?: number;
}

/**
 * Threads of a pod: for each shard its workers, half as many (at least one) for high priority, and the callbacks.
 *
 * Source: the message bus document, "Thread pool tuning".
 *
 * @throws UsageError
 */
export function threadsPerPod(inputs: ThreadsPerPodInputs): number {
  const { shards, workersPerShard, callbackThreadsPerShard = 8 } = inputs;
  requireWhole({ shards, workersPerShard, callbackThreadsPerShard });
  const highPriority = Math.max(1, Math.floor(workersPerShard / 2));
  return shards * (workersPerShard + highPriority + callbackThreadsPerShard);
}
