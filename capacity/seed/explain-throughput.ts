import { throughputPerSecond } from "../formulas/throughput.ts";
import { busQueues, sustainablePerSecond, type ShardedBus } from "../queueing/sharded-bus.ts";
import { queueOf, unstableInWords, waitPercentileMs, type Queue } from "../queueing/station.ts";
import { digits, type Explanation } from "./explanation.ts";
import { example } from "./example.ts";

/**
 * Throughput, and what is left of it on a ring.
 *
 * @param shares The part of the ring that each of the example's shards owns.
 */
export function explainThroughput(shares: readonly number[]): Explanation {
  const perSecond = throughputPerSecond(example);
  const bus: ShardedBus = { shares, ...example };
  const largest = Math.max(...shares);
  const sustainable = sustainablePerSecond(bus);
  return {
    title: "Throughput",
    formula: "shards × workers / mean processing time",
    inputs: [
      ["shards", "8"],
      ["workers per shard", "4"],
      ["mean processing time", "0.1 s"],
    ],
    result: `${digits(perSecond)} msg/s`,
    seedPrints: "320 msg/s per pod",
    misleads: `That is with every worker busy all the time. Each shard has its own 4 workers, and the largest of the 8 owns ${digits(largest, 4)} of the ring: with topics that are all alike it is full at ${digits(sustainable)} msg/s, ${digits(100 * (1 - sustainable / perSecond), 2)} % less; a single topic never gets beyond ${digits(perSecond / example.shards)} msg/s. ${waitsBefore(bus, perSecond)}`,
  };
}

/** How long messages wait on the way to the limit, pooled and in shards. */
function waitsBefore(bus: ShardedBus, perSecond: number): string {
  const { meanServiceMs, shards, workersPerShard } = example;
  const at = 0.8 * perSecond;
  const servers = shards * workersPerShard;
  const pooled = queueOf({ servers, arrivalsPerSecond: at, meanServiceMs });
  const evenShard = queueOf({ servers: workersPerShard, arrivalsPerSecond: at / shards, meanServiceMs });
  const { hottest } = busQueues(bus, at);
  return `At ${digits(at)} msg/s the p99 wait is ${p99(pooled)} in one pool of ${servers} (M/M/${servers}), ${p99(evenShard)} in even shards (M/M/${workersPerShard}), and ${p99(hottest)} on the largest one.`;
}

function p99(queue: Queue): string {
  return queue.stable ? `${digits(waitPercentileMs(queue, 0.99))} ms` : unstableInWords(queue);
}
