import { HashRing } from "../../../reference/domain/messagebus/hash-ring.ts";

const wholeRing = 2n ** 64n;

/** Divides with nine digits: more than anyone reads. */
const precision = 1_000_000_000n;

/** The part of the ring that each shard owns: what it gets of very many topics that are all alike. Together 1. */
export function ringShares(shards: number): number[] {
  const { points } = new HashRing(Array.from({ length: shards }, (_, shard) => shard));
  const owned = Array<bigint>(shards).fill(0n);
  let before = (points.at(-1)?.position ?? 0n) - wholeRing;
  for (const { position, shard } of points) {
    owned[shard] = (owned[shard] ?? 0n) + (position - before);
    before = position;
  }
  return owned.map((arc) => Number((arc * precision) / wholeRing) / Number(precision));
}
