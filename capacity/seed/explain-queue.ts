import { queueCapacityMessages } from "../formulas/queue-capacity.ts";
import { throughputPerSecond } from "../formulas/throughput.ts";
import { example, manifest } from "./example.ts";
import { digits, type Explanation } from "./explanation.ts";

/** The age at which the seed's own table wants more pods. */
const ageTriggerS = 5;

/** Queue capacity, and how long it takes to empty what it holds. */
export function explainQueue(): Explanation {
  const messages = queueCapacityMessages(example);
  const perShard = throughputPerSecond({ ...example, shards: 1 });
  const drainS = example.queueSize / perShard;
  const atTrigger = ageTriggerS * perShard;
  return {
    title: "Queue capacity",
    formula: "shards × queue size",
    inputs: [
      ["shards", "8"],
      ["queue size", "10,000 messages"],
    ],
    result: `${digits(messages)} messages`,
    seedPrints: "80,000 messages per pod",
    misleads: `New messages are refused from ${100 * manifest.pauseAt} %, so ${digits(manifest.pauseAt * messages)} fit, and as soon as one shard is that full. By Little's law a full queue is a wait of ${digits(drainS)} s; the age at which the same document adds pods, ${ageTriggerS} s, is reached with ${digits(atTrigger)} messages in a shard: ${digits((100 * atTrigger) / example.queueSize, 2)} % of its queue.`,
  };
}
