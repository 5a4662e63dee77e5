import { expect, test } from "vitest";

import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { busOnTrial, idOf } from "./bus-on-trial.test-support.ts";
import { missing, PermanentFailure } from "./mod.ts";

test("a message reaches every subscriber of its topic, and nobody else", async () => {
  const { bus } = busOnTrial();
  const seen: string[] = [];
  bus.subscribe("a", async ({ payload }) => void seen.push(`one ${String(payload)}`));
  bus.subscribe("a", async ({ payload }) => void seen.push(`two ${String(payload)}`));
  bus.subscribe("b", async () => void seen.push("b"));
  bus.publish({ topic: "a", payload: 7 });
  expect(seen, "no handler runs in the publisher's call").toEqual([]);
  await quiet();
  expect(seen).toEqual(["one 7", "two 7"]);
  expect(bus.stats().ledger).toMatchObject({ accepted: 1, delivered: 1, deadLettered: 0 });
});

test("who has unsubscribed gets nothing more", async () => {
  const { bus } = busOnTrial();
  const seen: string[] = [];
  const unsubscribe = bus.subscribe("a", async () => void seen.push("one"));
  bus.subscribe("a", async () => void seen.push("two"));
  unsubscribe();
  unsubscribe();
  bus.publish({ topic: "a", payload: null });
  await quiet();
  expect(seen).toEqual(["two"]);
});

test("when every worker is busy the rest wait, and come by priority, high before normal", async () => {
  const { bus, held, holding } = busOnTrial({ shards: 1, workersPerShard: 1 });
  bus.subscribe("a", holding);
  bus.publish({ topic: "a", payload: "first" });
  await quiet();
  for (const priority of [5, 1, 9, 7, 10, 3, 9]) bus.publish({ topic: "a", payload: priority, priority });
  const started: unknown[] = [];
  for (let one = held[0]; one; one = held[0]) {
    started.push(one.delivery.payload);
    one.take();
    await quiet();
  }
  expect(started).toEqual(["first", 10, 9, 9, 7, 5, 3, 1]);
});

test("messages of one priority start in the order in which they were accepted", async () => {
  const { bus, reports } = busOnTrial({ shards: 1, workersPerShard: 3 });
  bus.subscribe("a", async () => {});
  const ids = Array.from({ length: 50 }, (_, payload) => idOf(bus.publish({ topic: "a", payload })));
  await quiet();
  expect(reports.map(({ id }) => id)).toEqual(ids);
});

test("a worker is busy until its handler's promise has settled, and there are no more of them", async () => {
  const { bus, held, holding } = busOnTrial({ shards: 1, workersPerShard: 3 });
  bus.subscribe("a", holding);
  for (let count = 0; count < 10; count++) bus.publish({ topic: "a", payload: count, priority: count });
  await quiet();
  expect(held).toHaveLength(3);
  expect(bus.stats().shards[0]).toMatchObject({ busyWorkers: 3, depth: { normal: 5, high: 2 } });
  held[0]?.take();
  held[0]?.refuse();
  await quiet();
  expect(held).toHaveLength(3);
  expect(bus.stats().shards[0]).toMatchObject({ busyWorkers: 3, depth: { normal: 5, high: 0 } });
});

test("a failed delivery is tried again after 10, 20 and 40 ms, and then dead-lettered with its cause", async () => {
  const { bus, clock, reports } = busOnTrial({ shards: 1 });
  const attempts: [attempt: number, atMs: number][] = [];
  bus.subscribe("a", async ({ attempt }) => {
    attempts.push([attempt, clock.now()]);
    throw new Error("no, never");
  });
  const id = idOf(bus.publish({ topic: "a", payload: { some: "thing" }, priority: 2 }));
  await clock.advance(1_000);
  expect(attempts).toEqual([...[[1, 0]], ...[[2, 10]], ...[[3, 30]], ...[[4, 70]]]);
  expect(reports.map(({ outcome }) => outcome)).toEqual(["retried", "retried", "retried", "dead-lettered"]);
  expect(bus.deadLetters()).toEqual([
    {
      ...{ id, cause: "retries_exhausted", detail: "no, never", attempts: 4, shard: 0 },
      message: { topic: "a", payload: { some: "thing" }, priority: 2 },
      diedUnixMs: clock.epochMs + 70,
    },
  ]);
});

test("a message in backoff keeps no worker busy, and is in the ledger", async () => {
  const { bus, clock, held, holding } = busOnTrial({ shards: 1, workersPerShard: 1 });
  bus.subscribe("a", holding);
  bus.publish({ topic: "a", payload: 1 });
  bus.publish({ topic: "a", payload: 2 });
  await quiet();
  held[0]?.refuse();
  await quiet();
  expect(held.map(({ delivery }) => delivery.payload)).toEqual([2]);
  const { ledger } = bus.stats();
  expect(ledger).toMatchObject({ accepted: 2, inBackoff: 1, inHand: 1, queued: 0 });
  expect(missing(ledger)).toBe(0);
  held[0]?.take();
  await clock.advance(10);
  expect(held.map(({ delivery }) => [delivery.payload, delivery.attempt])).toEqual([[1, 2]]);
});

test("a retry goes before what was accepted after it", async () => {
  const { bus, clock, held, holding } = busOnTrial({ shards: 1, workersPerShard: 1 });
  bus.subscribe("a", holding);
  for (const payload of [1, 2, 3]) bus.publish({ topic: "a", payload });
  await quiet();
  held[0]?.refuse();
  await clock.advance(10);
  held[0]?.take();
  await quiet();
  expect(held.map(({ delivery }) => delivery.payload)).toEqual([1]);
});

test("a permanent failure is not tried again", async () => {
  const { bus, clock } = busOnTrial();
  bus.subscribe("a", async () => {
    throw new PermanentFailure("this is no order");
  });
  bus.publish({ topic: "a", payload: 1 });
  await clock.advance(100);
  expect(bus.deadLetters()).toMatchObject([{ cause: "permanent_failure", detail: "this is no order", attempts: 1 }]);
});

test("a handler that throws at once, or something that is no error, fails like any other", async () => {
  const { bus, clock } = busOnTrial({ retriesMax: 0 });
  bus.subscribe("a", () => {
    throw new Error("at once");
  });
  bus.subscribe("b", async () => {
    throw undefined as unknown as Error;
  });
  bus.publish({ topic: "a", payload: 1 });
  bus.publish({ topic: "b", payload: 1 });
  await clock.advance(1);
  expect(bus.deadLetters().map(({ detail }) => detail)).toEqual(expect.arrayContaining(["at once", "undefined"]));
  expect(bus.stats().ledger).toMatchObject({ deadLettered: 2, inHand: 0 });
});

test("a message that nobody subscribes to is dead-lettered, not dropped", async () => {
  const { bus } = busOnTrial();
  bus.publish({ topic: "nobody", payload: 1 });
  await quiet();
  expect(bus.deadLetters()).toMatchObject([{ cause: "no_subscriber", attempts: 1 }]);
});

test("of several subscribers only those that failed get the message again", async () => {
  const { bus, clock } = busOnTrial();
  const seen: string[] = [];
  bus.subscribe("a", async ({ attempt }) => void seen.push(`well ${attempt}`));
  bus.subscribe("a", async ({ attempt }) => {
    seen.push(`late ${attempt}`);
    if (attempt < 3) throw new Error("not yet");
  });
  bus.publish({ topic: "a", payload: 1 });
  await clock.advance(1_000);
  expect(seen).toEqual(["well 1", "late 1", "late 2", "late 3"]);
  expect(bus.stats().ledger).toMatchObject({ accepted: 1, delivered: 1 });
});

test("when all who failed have gone, a message counts as delivered if somebody took it, and otherwise not", async () => {
  const { bus, clock } = busOnTrial();
  const failing = async (): Promise<void> => {
    throw new Error("not yet");
  };
  bus.subscribe("taken", async () => {});
  const leave = [bus.subscribe("taken", failing), bus.subscribe("lost", failing), bus.subscribe("lost", failing)];
  bus.publish({ topic: "taken", payload: 1 });
  bus.publish({ topic: "lost", payload: 1 });
  await quiet();
  for (const unsubscribe of leave) unsubscribe();
  await clock.advance(1_000);
  expect(bus.stats().ledger).toMatchObject({ delivered: 1, deadLettered: 1 });
  expect(bus.deadLetters()).toMatchObject([{ message: { topic: "lost" }, cause: "no_subscriber" }]);
});

test("an attempt's report tells when it was queued, begun and ended", async () => {
  const { bus, clock, reports, held, holding } = busOnTrial({ shards: 1, workersPerShard: 1 });
  bus.subscribe("a", holding);
  bus.publish({ topic: "a", payload: 1 });
  await clock.advance(5);
  bus.publish({ topic: "a", payload: 2, priority: 6 });
  await clock.advance(5);
  held[0]?.take();
  await clock.advance(7);
  held[0]?.take();
  await quiet();
  expect(reports).toMatchObject([
    { attempt: 1, shard: 0, priority: 0, enqueuedAtMs: 0, startedAtMs: 0, endedAtMs: 10, outcome: "delivered" },
    { attempt: 1, shard: 0, priority: 6, enqueuedAtMs: 5, startedAtMs: 10, endedAtMs: 17, outcome: "delivered" },
  ]);
});

test("an observer that throws is counted, and the workers go on", async () => {
  const { bus } = busOnTrial({
    onAttempt: () => {
      throw new Error("nobody can count this");
    },
  });
  bus.subscribe("a", async () => {});
  for (let count = 0; count < 20; count++) bus.publish({ topic: "a", payload: count });
  await quiet();
  expect(bus.stats()).toMatchObject({ ledger: { delivered: 20 }, observerFailures: 20 });
});
