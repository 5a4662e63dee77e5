import { requireNotNegative, requirePositive } from "../figures.ts";

/** What the memory of a pod follows from, by the seed. */
export interface MemoryPerPodInputs {
  readonly queueCapacityMessages: number;
  /** Mean size of a message. The seed counts its payload alone. */
  readonly messageBytes: number;
  /** Of all workers together. */
  readonly workerBytes: number;
  readonly overheadBytes: number;
}

/**
 * Bytes of a pod with full queues: capacity × message size + workers' memory + overhead.
 *
 * Source: the sizing guide of the message bus, "Memory per pod".
 *
 * @throws UsageError
 */
export function memoryPerPodBytes(inputs: MemoryPerPodInputs): number {
  const { queueCapacityMessages, messageBytes, workerBytes, overheadBytes } = inputs;
  requirePositive({ queueCapacityMessages, messageBytes });
  requireNotNegative({ workerBytes, overheadBytes });
  return queueCapacityMessages * messageBytes + workerBytes + overheadBytes;
}
