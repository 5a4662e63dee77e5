import { explainCpu } from "./explain-cpu.ts";
import { explainMemory } from "./explain-memory.ts";
import { explainPods } from "./explain-pods.ts";
import { explainQueue } from "./explain-queue.ts";
import { explainThreads } from "./explain-threads.ts";
import { explainThroughput } from "./explain-throughput.ts";
import type { Explanation } from "./explanation.ts";

/**
 * The six worked examples of the seed, computed anew, each with what it leaves out.
 *
 * @param ringShares The part of the ring that each of its 8 shards owns.
 * @throws UsageError unless the shares make a whole
 */
export function explainSeed(ringShares: readonly number[]): Explanation[] {
  return [
    explainThroughput(ringShares),
    explainQueue(),
    explainPods(ringShares),
    explainCpu(),
    explainMemory(),
    explainThreads(),
  ];
}
