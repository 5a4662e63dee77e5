import { expect, test } from "vitest";

import { HashRing } from "../../../reference/domain/messagebus/hash-ring.ts";
import { ringShares } from "./ring-shares.ts";

test.each([
  [4, 1.143],
  [8, 1.151],
  [16, 1.163],
])("the largest of %d shards owns %d times its even part of the ring", (shards, factor) => {
  const shares = ringShares(shards);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 7);
  expect(Math.max(...shares) * shards).toBeCloseTo(factor, 3);
});

test("many topics find their shards as the shares say", () => {
  const ring = new HashRing([0, 1, 2, 3]);
  const found = [0, 0, 0, 0];
  for (let topic = 0; topic < 20_000; topic++) found[ring.shardOf(`topic ${topic}`)]! += 1;
  for (const [shard, share] of ringShares(4).entries()) expect(found[shard]! / 20_000).toBeCloseTo(share, 1.5);
});
