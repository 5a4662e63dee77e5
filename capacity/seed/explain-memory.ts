import { memoryPerPodBytes } from "../formulas/memory-per-pod.ts";
import { queueCapacityMessages } from "../formulas/queue-capacity.ts";
import { wholePods } from "../formulas/required-pods.ts";
import { example, manifest } from "./example.ts";
import { digits, type Explanation } from "./explanation.ts";

/**
 * What a queued message takes besides its payload, in the seed's own implementation (CPython 3.11, a payload of 1 KiB
 * took 1,509 bytes). For the reference bus, `seatrial capacity` measures it.
 */
const overheadPerMessageBytes = 485;

/** Memory of a pod, against the autoscaler's target. */
export function explainMemory(): Explanation {
  const capacity = queueCapacityMessages(example);
  const bytes = memoryPerPodBytes({ ...example, queueCapacityMessages: capacity });
  const empty = example.workerBytes + example.overheadBytes;
  const ofRequest = empty / manifest.memoryRequestBytes;
  const withOverhead = capacity * (example.messageBytes + overheadPerMessageBytes);
  return {
    title: "Memory per pod",
    formula: "queue capacity × message size + workers' memory + overhead",
    inputs: [
      ["queue capacity", `${digits(capacity)} messages`],
      ["message size", "1 KB"],
      ["workers' memory", "500 MB"],
      ["overhead", "500 MB"],
    ],
    result: `${digits(bytes / 1e9)} GB`,
    seedPrints: "1.08 GB ≈ 1.5 GB",
    misleads: `1.5 is no rounding of ${digits(bytes / 1e9)} but ${digits(100 * (1.5e9 / bytes - 1), 2)} % more. A queued message is more than its payload: with ${overheadPerMessageBytes} B for the rest, full queues take ${digits(withOverhead / 1e6)} MB, not ${digits((capacity * example.messageBytes) / 1e6)}. ${autoscaled(ofRequest)}`,
  };
}

/** Empty pods that the autoscaler takes for busy ones. */
function autoscaled(ofRequest: number): string {
  const ratio = ofRequest / manifest.memoryTarget;
  const steps: number[] = [manifest.podsLeast];
  for (let pods: number = manifest.podsLeast; pods < manifest.podsMost && ratio > 1 + manifest.tolerance;) {
    pods = Math.min(manifest.podsMost, wholePods(pods * ratio));
    steps.push(pods);
  }
  return `Empty, a pod already uses ${digits(100 * ofRequest)} % of its request against a target of ${100 * manifest.memoryTarget} %, and more pods do not lower that: the autoscaler goes ${steps.join(", ")}, and stays there.`;
}
