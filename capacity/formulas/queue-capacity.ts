import { requireWhole } from "../figures.ts";

/** What the queue of a pod holds, by the seed. */
export interface QueueCapacityInputs {
  readonly shards: number;
  /** Messages that one shard's queue holds. */
  readonly queueSize: number;
}

/**
 * Messages that a pod can hold: shards × queue size.
 *
 * Source: the sizing guide of the message bus, "Queue capacity".
 *
 * @throws UsageError
 */
export function queueCapacityMessages({ shards, queueSize }: QueueCapacityInputs): number {
  requireWhole({ shards, queueSize });
  return shards * queueSize;
}
