import { expect, test } from "vitest";

import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { busOnTrial } from "./bus-on-trial.test-support.ts";
import { missing, type BusLeftover } from "./mod.ts";

const nothing: BusLeftover = { queued: 0, inBackoff: 0, inHand: 0, messages: [] };

test("a bus with nothing under way stops at once", async () => {
  const { bus, clock } = busOnTrial();
  expect(await bus.stop({ withinMs: 10_000 })).toEqual(nothing);
  expect(clock.pending, "nothing is left running").toBe(0);
});

test("a bus that stops refuses what is new, and works off its backlog, retries included", async () => {
  const { bus, clock } = busOnTrial({ shards: 1, workersPerShard: 1 });
  bus.subscribe("a", async ({ attempt }) => {
    await clock.sleep(10);
    if (attempt === 1) throw new Error("not yet");
  });
  for (let count = 0; count < 5; count++) bus.publish({ topic: "a", payload: count });
  let leftover: unknown;
  void bus.stop({ withinMs: 1_000 }).then((answer) => (leftover = answer));
  expect(bus.publish({ topic: "a", payload: 6 })).toEqual({ accepted: false, status: 503, reason: "bus_stopped" });
  await clock.advance(500);
  expect(leftover).toEqual(nothing);
  expect(bus.stats().ledger).toMatchObject({ accepted: 5, delivered: 5, givenBack: 0 });
  expect(clock.pending, "nothing is left running").toBe(0);
});

test("what is left at the deadline is counted and given back in order, and no handler's answer changes it any more", async () => {
  const { bus, clock, held, holding } = busOnTrial({ shards: 1, workersPerShard: 1 });
  bus.subscribe("a", holding);
  for (const payload of [1, 2, 3]) bus.publish({ topic: "a", payload });
  bus.publish({ topic: "a", payload: 9, priority: 9 });
  await quiet();
  const stopped = bus.stop({ withinMs: 25 });
  held[0]?.take();
  await clock.advance(20);
  held[0]?.refuse();
  await quiet();
  const [{ delivery } = { delivery: undefined }] = held;
  expect(delivery?.signal.aborted).toBe(false);
  await clock.advance(5);
  expect(await stopped).toMatchObject({
    ...{ queued: 1, inBackoff: 1, inHand: 1 },
    messages: [
      { message: { payload: 1 }, was: "in-backoff", attempts: 1 },
      { message: { payload: 2 }, was: "in-hand", attempts: 1 },
      { message: { payload: 3 }, was: "queued", attempts: 0 },
    ],
  });
  expect(delivery?.signal.aborted).toBe(true);
  held[0]?.take();
  await clock.advance(1_000);
  const { ledger } = bus.stats();
  expect(ledger).toMatchObject({ accepted: 4, delivered: 1, givenBack: 3, inHand: 0, queued: 0, inBackoff: 0 });
  expect(missing(ledger)).toBe(0);
});

test("the key of a message that was given back is free, and that of one that was delivered is not", async () => {
  const { bus, clock, held, holding } = busOnTrial({ shards: 1, workersPerShard: 1 });
  bus.subscribe("a", holding);
  const message = { topic: "a", payload: 1 };
  const first = bus.publish({ ...message, idempotencyKey: "delivered" });
  bus.publish({ ...message, idempotencyKey: "given back" });
  await quiet();
  const stopped = bus.stop({ withinMs: 10 });
  held[0]?.take();
  await clock.advance(10);
  await stopped;
  expect(bus.publish({ ...message, idempotencyKey: "delivered" })).toEqual({ ...first, duplicate: true });
  expect(bus.publish({ ...message, idempotencyKey: "given back" })).toMatchObject({ reason: "bus_stopped" });
});

test("a second stop gets the first one's answer", async () => {
  const { bus, clock, held, holding } = busOnTrial();
  bus.subscribe("a", holding);
  bus.publish({ topic: "a", payload: 1 });
  await quiet();
  const [first, second] = [bus.stop({ withinMs: 10 }), bus.stop({ withinMs: 0 })];
  await clock.advance(10);
  expect(await first).toMatchObject({ inHand: 1 });
  expect(await second).toBe(await first);
  held[0]?.take();
});

test("a resize under way ends with the bus, and says that it is not complete", async () => {
  const { bus, clock, held, holding } = busOnTrial({ shards: 2 });
  const topic = Array.from({ length: 20 }, (_, number) => `t.${number}`).find((each) => bus.shardOf(each) === 1) ?? "";
  bus.subscribe(topic, holding);
  bus.publish({ topic, payload: "old" });
  await quiet();
  const resized = bus.resize(1);
  bus.publish({ topic, payload: "parked" });
  const stopped = bus.stop({ withinMs: 0 });
  await clock.advance(0);
  expect(await resized).toEqual({ drained: 1, complete: false });
  expect((await stopped).messages.map(({ message, was }) => [message.payload, was])).toEqual([
    ...[["old", "in-hand"]],
    ...[["parked", "queued"]],
  ]);
  await expect(bus.resize(3)).rejects.toMatchObject({ code: "bus_stopped" });
  expect(held).toHaveLength(1);
});
