import type { TopicPlan } from "../../../capacity/mod.ts";
import { HashRing } from "../../../reference/domain/messagebus/hash-ring.ts";

/** The name of a topic, by its rank. */
export function topicName(rank: number): string {
  return `topic.${rank}`;
}

/** How often each topic occurs, the most popular first; together 1. Zipf's law: the k-th as often as 1 / k^zipf. */
export function popularity({ count, zipf }: TopicPlan): number[] {
  const weights = Array.from({ length: count }, (_, rank) => (rank + 1) ** -zipf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The part of all messages that each shard gets: its topics' popularity, by the bus's own ring. */
export function shardShares(shards: number, topics: TopicPlan): number[] {
  const ring = new HashRing(Array.from({ length: shards }, (_, shard) => shard));
  const shares = Array<number>(shards).fill(0);
  for (const [rank, popular] of popularity(topics).entries()) {
    const shard = ring.shardOf(topicName(rank));
    shares[shard] = (shares[shard] ?? 0) + popular;
  }
  return shares;
}
