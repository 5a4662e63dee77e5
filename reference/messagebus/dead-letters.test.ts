import { expect, test } from "vitest";

import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { busOnTrial, type BusOnTrial } from "./bus-on-trial.test-support.ts";
import type { MessageBusOptions } from "./mod.ts";

/** A bus on which `dead` messages of topic `a` have died, a millisecond apart, and whose handler fails no more. */
async function withDead(dead: number, options: Partial<MessageBusOptions> = {}): Promise<BusOnTrial> {
  const trial = busOnTrial({ shards: 1, retriesMax: 0, ...options });
  const unsubscribe = trial.bus.subscribe("a", async () => {
    throw new Error("not today");
  });
  for (let count = 0; count < dead; count++) {
    trial.bus.publish({ topic: "a", payload: count, idempotencyKey: `key-${count}` });
    await trial.clock.advance(1);
  }
  unsubscribe();
  return trial;
}

test("a replay delivers what had died, under its old id, and removes it", async () => {
  const { bus, reports } = await withDead(3);
  const ids = bus.deadLetters().map(({ id }) => id);
  const seen: unknown[] = [];
  bus.subscribe("a", async ({ payload, attempt }) => void seen.push([payload, attempt]));
  expect(bus.replay()).toEqual({ replayed: 3, refused: 0, remaining: 0 });
  await quiet();
  expect(seen).toEqual([...[[0, 1]], ...[[1, 1]], ...[[2, 1]]]);
  expect(reports.slice(3).map(({ id }) => id)).toEqual(ids);
  expect(bus.deadLetters()).toEqual([]);
  expect(bus.stats()).toMatchObject({
    ledger: { accepted: 6, delivered: 3, deadLettered: 3 },
    deadLetters: { held: 0, replayed: 3, evicted: 0 },
  });
});

test("a second replay does nothing more", async () => {
  const { bus, reports } = await withDead(3);
  bus.subscribe("a", async () => {});
  bus.replay();
  expect(bus.replay()).toEqual({ replayed: 0, refused: 0, remaining: 0 });
  await quiet();
  expect(reports.filter(({ outcome }) => outcome === "delivered")).toHaveLength(3);
});

test("what a shard refuses stays a dead letter", async () => {
  const { bus } = await withDead(3);
  bus.pause(0);
  expect(bus.replay()).toEqual({ replayed: 0, refused: 3, remaining: 3 });
  bus.resume(0);
  expect(bus.replay()).toEqual({ replayed: 3, refused: 0, remaining: 0 });
});

test("a replay keeps to backpressure", async () => {
  const { bus } = await withDead(10, { queueSizeMax: 5 });
  expect(bus.replay()).toEqual({ replayed: 4, refused: 6, remaining: 6 });
});

test("only those that died within the hour are replayed, or within any other time", async () => {
  const { bus, clock } = await withDead(1);
  await clock.advance(3_600_000);
  expect(bus.replay()).toEqual({ replayed: 0, refused: 0, remaining: 1 });
  expect(bus.replay({ maxAgeMs: 3_600_001 })).toEqual({ replayed: 1, refused: 0, remaining: 0 });
});

test("a replay takes no more than its limit, the oldest first, and of one topic where it is told", async () => {
  const { bus } = await withDead(5);
  bus.publish({ topic: "b", payload: "of b" });
  await quiet();
  expect(bus.replay({ limit: 2 })).toEqual({ replayed: 2, refused: 0, remaining: 4 });
  expect(bus.deadLetters({ limit: 1 })).toMatchObject([{ message: { payload: 2 } }]);
  expect(bus.replay({ topic: "b" })).toMatchObject({ replayed: 1, remaining: 3 });
  expect(bus.deadLetters({ topic: "b" })).toEqual([]);
});

test("what dies again is a dead letter again, with its new cause", async () => {
  const { bus } = await withDead(1);
  const [before] = bus.deadLetters();
  bus.replay();
  await quiet();
  expect(bus.deadLetters()).toMatchObject([{ id: before?.id, cause: "no_subscriber" }]);
  expect(bus.stats().ledger).toMatchObject({ accepted: 2, deadLettered: 2 });
});

test("who took a message before it died does not get it again", async () => {
  const { bus } = busOnTrial({ retriesMax: 0 });
  const seen: string[] = [];
  let fails = true;
  bus.subscribe("a", async () => void seen.push("one"));
  bus.subscribe("a", async () => {
    if (fails) throw new Error("not today");
    seen.push("two");
  });
  bus.publish({ topic: "a", payload: 1 });
  await quiet();
  fails = false;
  bus.replay();
  await quiet();
  expect(seen).toEqual(["one", "two"]);
});

test("of too many, the oldest is given up and counted", async () => {
  const { bus } = await withDead(5, { deadLettersMax: 3 });
  expect(bus.deadLetters().map(({ message }) => message.payload)).toEqual([2, 3, 4]);
  expect(bus.stats()).toMatchObject({ ledger: { deadLettered: 5 }, deadLetters: { held: 3, evicted: 2 } });
});
