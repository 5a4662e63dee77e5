import { threadsPerPod } from "../formulas/threads-per-pod.ts";
import { example, manifest } from "./example.ts";
import { digits, type Explanation } from "./explanation.ts";

/** Threads of a pod, against the cores that they share. */
export function explainThreads(): Explanation {
  const threads = threadsPerPod(example);
  const { shards, workersPerShard } = example;
  const normal = shards * workersPerShard;
  return {
    title: "Threads per pod",
    formula: "shards × workers + shards × workers / 2 + shards × 8",
    inputs: [
      ["shards", `${shards}`],
      ["workers per shard", `${workersPerShard}`],
      ["callback threads per shard", "8"],
    ],
    result: `${threads} threads`,
    seedPrints: "~112 threads per pod",
    misleads: `Only the ${normal} workers serve messages of normal priority; the throughput formula counts none of the other ${threads - normal}. On a limit of ${manifest.cpuLimitCores} cores there are ${digits(threads / manifest.cpuLimitCores)} threads to a core: more of them help handlers that wait, and none that compute. A bus on one event loop, as the reference, needs no thread for a worker at all.`,
  };
}
