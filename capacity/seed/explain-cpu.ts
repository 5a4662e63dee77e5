import { cpuPerPodCores } from "../formulas/cpu-per-pod.ts";
import { wholePods } from "../formulas/required-pods.ts";
import { throughputPerSecond } from "../formulas/throughput.ts";
import { example, manifest } from "./example.ts";
import { digits, type Explanation } from "./explanation.ts";

/** CPU of a pod, against the limit that the same document sets it. */
export function explainCpu(): Explanation {
  const workers = example.shards * example.workersPerShard;
  const cores = cpuPerPodCores({ workers, ...example });
  const ofRequest = cores / manifest.cpuRequestCores;
  const wanted = wholePods((manifest.podsLeast * ofRequest) / manifest.cpuTarget);
  const cpuMsPerMessage = example.coresPerWorker * example.meanServiceMs;
  const oneThread = ((1 - example.overheadCores) * 1_000) / cpuMsPerMessage;
  return {
    title: "CPU per pod",
    formula: "workers × cores per worker + overhead",
    inputs: [
      ["workers", `${workers}`],
      ["cores per worker", "0.05"],
      ["overhead", "0.5 cores"],
    ],
    result: `${digits(cores)} cores`,
    seedPrints: "2.1 cores",
    misleads: `The same document limits a pod to ${manifest.cpuLimitCores} cores: at full load it would be throttled. Of its request of ${manifest.cpuRequestCores} cores that is ${digits(100 * ofRequest)} %, against a target of ${100 * manifest.cpuTarget} %: the autoscaler would ask for ${wanted} pods where there are ${manifest.podsLeast}, and stop at ${manifest.podsMost}. And a worker's ${example.coresPerWorker} cores are ${digits(cpuMsPerMessage)} ms of CPU a message: a process whose handlers share one thread gets to ${digits(oneThread)} msg/s beside that overhead, not ${digits(throughputPerSecond(example))}.`,
  };
}
