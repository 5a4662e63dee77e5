import { createHash } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { HashRing, ringPosition } from "./hash-ring.ts";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
const topics = upTo(20_000).map((number) => `topic.${number}`);

test.each([
  ["0:0", 0xac72368a586a18c1n],
  ["message_bus.backpressure", 0x3bfad2e66a245d2fn],
  ["test.topic", 0x540e8e5bc604e4ean],
  ["sfe.job_request", 0x6371c3807ce2d6c1n],
])("%s stands where the seed's bus has it", (text, position) => {
  expect(ringPosition(text)).toBe(position);
});

test.each([
  ["message_bus.backpressure", 3, 5],
  ["test.topic", 1, 1],
  ["sfe.job_request", 3, 3],
])("%s belongs to shard %i of 4 and %i of 8, as on the seed's bus", (topic, ofFour, ofEight) => {
  expect(new HashRing(upTo(4)).shardOf(topic)).toBe(ofFour);
  expect(new HashRing(upTo(8)).shardOf(topic)).toBe(ofEight);
});

test("eight shards share the seed's topics as on its bus", () => {
  const assigned: [topic: string, shard: number][] = [
    ...(
      [
        ["orders.created", 5],
        ["payments.settled", 6],
        ["audit.log", 6],
      ] as const
    ).map(pair),
    ...(
      [
        ["jobs.submit", 4],
        ["metrics.tick", 2],
        ["users.signup", 4],
        ["mail.send", 2],
      ] as const
    ).map(pair),
    ...(
      [
        ["reports.daily", 7],
        ["topic.0", 2],
        ["topic.1", 4],
        ["", 0],
        ["a", 3],
      ] as const
    ).map(pair),
  ];
  const ring = new HashRing(upTo(8));
  expect(assigned.map(([topic]) => [topic, ring.shardOf(topic)])).toEqual(assigned);
});

test("the ring of four shards has the seed's 400 points", () => {
  const { points } = new HashRing(upTo(4));
  expect(points).toHaveLength(400);
  expect(points.at(0)).toEqual({ position: 0x011e4634c01a18een, shard: 0 });
  expect(points.at(-1)).toEqual({ position: 0xff05f8ef379a7c6en, shard: 0 });
  const text = points.map(({ position, shard }) => `${position.toString(16).padStart(16, "0")}:${shard};`).join("");
  const digest = createHash("sha256").update(text).digest("hex");
  expect(digest.slice(0, 32)).toBe("67991d31c69efa8a422a3af53c231c61");
});

test.each([
  [4, 1.143, 0.881],
  [8, 1.151, 0.877],
  [16, 1.163, 0.884],
])("of %i shards the largest has %f times the mean share of the ring, the smallest %f times", (count, most, least) => {
  const shares = arcShares(new HashRing(upTo(count)));
  expect(Math.max(...shares) * count).toBeCloseTo(most, 3);
  expect(Math.min(...shares) * count).toBeCloseTo(least, 3);
});

test.each([
  [4, 0.191],
  [8, 0.101],
  [15, 0.055],
])("one more than %i shards moves a share of %f of the topics, and to the new shard alone", (count, share) => {
  const [before, after] = [new HashRing(upTo(count)), new HashRing(upTo(count + 1))];
  const moved = topics.filter((topic) => before.shardOf(topic) !== after.shardOf(topic));
  expect(Math.abs(moved.length / topics.length - share)).toBeLessThan(0.01);
  expect(new Set(moved.map((topic) => after.shardOf(topic)))).toEqual(new Set([count]));
});

test.each([7, 3, 0])("without shard %i of 8, its topics move and no others", (removed) => {
  const [before, after] = [new HashRing(upTo(8)), new HashRing(upTo(8).filter((number) => number !== removed))];
  const moved = topics.filter((topic) => before.shardOf(topic) !== after.shardOf(topic));
  expect(moved.length).toBeGreaterThan(0);
  expect(moved).toEqual(topics.filter((topic) => before.shardOf(topic) === removed));
});

test("a topic belongs to the first point at or after its own, and beyond the last to the first", () => {
  const ring = new HashRing([2, 5, 11]);
  fc.assert(
    fc.property(fc.string(), (topic) => {
      const position = ringPosition(topic);
      const owner = ring.points.find((point) => point.position >= position) ?? ring.points[0];
      expect(ring.shardOf(topic)).toBe(owner?.shard);
    }),
  );
});

test("a topic whose position is that of a point belongs to it", () => {
  const ring = new HashRing(upTo(8));
  for (const shard of upTo(8)) expect(ring.shardOf(`${shard}:42`)).toBe(shard);
});

test("there is no ring without shards", () => {
  expect(() => new HashRing([])).toThrow("a ring needs a shard");
});

function pair([topic, shard]: readonly [string, number]): [string, number] {
  return [topic, shard];
}

/** The part of the ring that belongs to each shard. */
function arcShares({ points, shards }: HashRing): number[] {
  const whole = 2 ** 64;
  const shares = new Map(shards.map((shard) => [shard, 0]));
  for (const [index, { position, shard }] of points.entries()) {
    const before = points[index - 1]?.position ?? (points.at(-1)?.position ?? 0n) - 2n ** 64n;
    shares.set(shard, (shares.get(shard) ?? 0) + Number(position - before) / whole);
  }
  return [...shares.values()];
}
