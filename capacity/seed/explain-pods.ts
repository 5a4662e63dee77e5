import { requiredPods } from "../formulas/required-pods.ts";
import { throughputPerSecond } from "../formulas/throughput.ts";
import { largestLoadPerSecond, podsFor } from "../queueing/pods-for-wait.ts";
import { busQueues, sustainablePerSecond, type ShardedBus } from "../queueing/sharded-bus.ts";
import { unstableInWords, waitPercentileMs } from "../queueing/station.ts";
import { example } from "./example.ts";
import { digits, type Explanation } from "./explanation.ts";

const promise = { share: 0.99, waitMs: 250 } as const;

/** Required pods, and what is left of the margin when one of them is lost. */
export function explainPods(shares: readonly number[]): Explanation {
  const podPerSecond = throughputPerSecond(example);
  const { exact, pods } = requiredPods({ ...example, podPerSecond });
  const bus: ShardedBus = { shares, ...example };
  const load = largestLoadPerSecond(bus, promise);
  const busy = (count: number): number => example.peakPerSecond / count / sustainablePerSecond(bus);
  return {
    title: "Required pods",
    formula: "peak throughput / pod throughput × safety margin, rounded up",
    inputs: [
      ["peak throughput", "1,000 msg/s"],
      ["pod throughput", `${digits(podPerSecond)} msg/s`],
      ["safety margin", "1.5"],
    ],
    result: `${digits(exact, 5)}, so ${pods} pods`,
    seedPrints: "4.7 ≈ 5 pods",
    misleads: `Every pod has the same ring, so the same shard is the busiest in each: ${digits(100 * busy(pods), 2)} % with ${pods} pods (p99 wait ${p99(bus, pods)}), ${digits(100 * busy(pods - 1), 2)} % when one is lost (${p99(bus, pods - 1)}). A p99 wait of at most ${promise.waitMs} ms on every shard takes ${podsFor(example.peakPerSecond, load)} pods, and ${podsFor(example.peakPerSecond, load, 1)} to keep it with one away (N−1).`,
  };
}

function p99(bus: ShardedBus, pods: number): string {
  const { hottest } = busQueues(bus, example.peakPerSecond / pods);
  return hottest.stable ? `${digits(waitPercentileMs(hottest, promise.share))} ms` : unstableInWords(hottest);
}
