import { expect, test } from "vitest";

import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { busOnTrial, type BusOnTrial } from "./bus-on-trial.test-support.ts";
import { missing, type MessageBus } from "./mod.ts";

const topics = Array.from({ length: 40 }, (_, number) => `topic.${number}`);

/** The first topic that belongs to this shard. */
function topicOf(bus: MessageBus, shard: number): string {
  const topic = topics.find((each) => bus.shardOf(each) === shard);
  if (topic === undefined) throw new Error(`no topic on shard ${shard}`);
  return topic;
}

const inHand = ({ held }: BusOnTrial): unknown[] => held.map(({ delivery }) => delivery.payload);

test("a topic without messages moves at once", async () => {
  const { bus, reports } = busOnTrial({ shards: 4 });
  const topic = topicOf(bus, 1);
  bus.subscribe(topic, async () => {});
  expect(await bus.resize([0, 2, 3])).toEqual({ drained: 0, complete: true });
  expect(bus.stats().shards.map(({ shard }) => shard)).toEqual([0, 2, 3]);
  expect([0, 2, 3]).toContain(bus.shardOf(topic));
  bus.publish({ topic, payload: 1 });
  await quiet();
  expect(reports).toMatchObject([{ outcome: "delivered", shard: bus.shardOf(topic) }]);
});

test("a topic with messages moves when its old shard has settled all of them, be they queued, in hand or put off", async () => {
  const trial = busOnTrial({ shards: 4, workersPerShard: 2 });
  const { bus, clock, held, holding } = trial;
  const topic = topicOf(bus, 1);
  bus.subscribe(topic, holding);
  for (const payload of ["put off", "in hand", "queued"]) bus.publish({ topic, payload });
  await quiet();
  held[0]?.refuse();
  await quiet();
  let resized: unknown;
  void bus.resize([0, 2, 3]).then((answer) => (resized = answer));
  expect(bus.publish({ topic, payload: "new" })).toMatchObject({ accepted: true, shard: bus.shardOf(topic) });
  expect(bus.stats().shards.map(({ shard, retiring }) => [shard, retiring])).toEqual([
    ...[[0, false]],
    ...[[1, true]],
    ...[[2, false]],
    ...[[3, false]],
  ]);

  await clock.advance(5);
  expect(inHand(trial)).toEqual(["in hand", "queued"]);
  held[0]?.take();
  held[0]?.take();
  await quiet();
  expect(inHand(trial), "one is still in backoff on the old shard").toEqual([]);
  expect(missing(bus.stats().ledger)).toBe(0);
  expect(bus.stats().ledger).toMatchObject({ inBackoff: 1, queued: 1 });

  await clock.advance(5);
  expect(inHand(trial)).toEqual(["put off"]);
  expect(resized).toBeUndefined();
  held[0]?.take();
  await quiet();
  expect(inHand(trial)).toEqual(["new"]);
  expect(resized).toEqual({ drained: 1, complete: true });
  expect(bus.stats().shards.map(({ shard }) => shard)).toEqual([0, 2, 3]);
  held[0]?.take();
  await quiet();
  expect(bus.stats().ledger).toMatchObject({ accepted: 4, delivered: 4 });
});

test("a message that dies on the old shard lets its topic switch too", async () => {
  const trial = busOnTrial({ shards: 2, retriesMax: 0 });
  const { bus, held, holding } = trial;
  const topic = topicOf(bus, 1);
  bus.subscribe(topic, holding);
  bus.publish({ topic, payload: "old" });
  await quiet();
  const resized = bus.resize(1);
  bus.publish({ topic, payload: "new" });
  await quiet();
  expect(inHand(trial)).toEqual(["old"]);
  held[0]?.refuse();
  expect(await resized).toEqual({ drained: 1, complete: true });
  await quiet();
  expect(inHand(trial)).toEqual(["new"]);
});

test("what waits for its topic counts toward its new shard's limit", async () => {
  const { bus, held, holding } = busOnTrial({ shards: 2, queueSizeMax: 10 });
  const topic = topicOf(bus, 1);
  bus.subscribe(topic, holding);
  bus.publish({ topic, payload: "old" });
  await quiet();
  const resized = bus.resize(1);
  const answers = Array.from({ length: 10 }, () => bus.publish({ topic, payload: "new" }));
  expect(answers.filter(({ accepted }) => accepted)).toHaveLength(8);
  expect(answers.at(-1)).toMatchObject({ reason: "backpressure", shard: 0 });
  expect(bus.stats().shards[0]).toMatchObject({ depth: { normal: 8 }, ledger: { queued: 8 } });
  held[0]?.take();
  await resized;
});

test("one resize at a time", async () => {
  const { bus, held, holding } = busOnTrial({ shards: 2 });
  const topic = topicOf(bus, 1);
  bus.subscribe(topic, holding);
  bus.publish({ topic, payload: "old" });
  await quiet();
  const resized = bus.resize(1);
  await expect(bus.resize(4)).rejects.toMatchObject({ code: "resize_under_way" });
  held[0]?.take();
  await resized;
  await expect(bus.resize(4)).resolves.toEqual({ drained: 0, complete: true });
});

test.each([0, 1.5, -1, [], [0, 0], [-1], [0.5], 1_025])("%j are no shards", async (shards) => {
  await expect(busOnTrial().bus.resize(shards)).rejects.toMatchObject({ code: "usage" });
});
