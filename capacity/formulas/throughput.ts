import { requirePositive, requireWhole } from "../figures.ts";

/** What the throughput of a pod follows from, by the seed. */
export interface ThroughputInputs {
  readonly shards: number;
  readonly workersPerShard: number;
  /** Mean time that a worker is busy with one message. */
  readonly meanServiceMs: number;
}

/**
 * Messages a second that a pod serves while every worker is busy: shards × workers / mean service time.
 *
 * This is saturation. No pod can be run there, and none gets there unless every shard has its even share.
 * Source: the sizing guide of the message bus, "Throughput".
 *
 * @throws UsageError
 */
export function throughputPerSecond({ shards, workersPerShard, meanServiceMs }: ThroughputInputs): number {
  requireWhole({ shards, workersPerShard });
  requirePositive({ meanServiceMs });
  return (shards * workersPerShard * 1_000) / meanServiceMs;
}
