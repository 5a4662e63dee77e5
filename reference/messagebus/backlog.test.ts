import fc from "fast-check";
import { expect, test } from "vitest";

import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { busOnTrial } from "./bus-on-trial.test-support.ts";
import type { Published } from "./mod.ts";

const small = { shards: 1, workersPerShard: 1, queueSizeMax: 10 };

test("a shard refuses from 80 % on, until it is below 50 %", async () => {
  const { bus, held, holding } = busOnTrial(small);
  bus.subscribe("a", holding);
  const publish = (): boolean => bus.publish({ topic: "a", payload: 1 }).accepted;
  publish();
  await quiet();
  expect(Array.from({ length: 10 }, publish), "eight fit beside the one in hand").toEqual([
    ...Array.from({ length: 8 }, () => true),
    ...[false, false],
  ]);
  for (const depth of [7, 6, 5]) {
    held[0]?.take();
    await quiet();
    expect(bus.stats().shards[0]).toMatchObject({ depth: { normal: depth }, paused: true, pausedBy: "backpressure" });
    expect(publish()).toBe(false);
  }
  held[0]?.take();
  await quiet();
  expect(bus.stats().shards[0]).toMatchObject({ depth: { normal: 4 }, paused: false });
  expect(publish()).toBe(true);
});

test("a refusal is a 429 that says when the shard will be half empty, at the rate since it paused", async () => {
  const { bus, clock, held, holding } = busOnTrial(small);
  bus.subscribe("a", holding);
  for (let count = 0; count < 8; count++) bus.publish({ topic: "a", payload: 1 });
  await quiet();
  bus.publish({ topic: "a", payload: 1 });
  const refused = { accepted: false, status: 429, reason: "backpressure", shard: 0 };
  expect(bus.publish({ topic: "a", payload: 1 })).toEqual({ ...refused, retryAfterMs: 1_000 });
  await clock.advance(200);
  held[0]?.take();
  await quiet();
  expect(bus.publish({ topic: "a", payload: 1 }), "2 to go, at 2 in 200 ms").toMatchObject({ retryAfterMs: 200 });
});

test("a full high queue refuses for the whole shard, and so does a full normal one", async () => {
  for (const priority of [0, 9]) {
    const { bus } = busOnTrial(small);
    const answers = Array.from({ length: 9 }, () => bus.publish({ topic: "a", payload: 1, priority }).accepted);
    expect(answers.filter(Boolean)).toHaveLength(8);
    expect(bus.publish({ topic: "a", payload: 1, priority: 9 - priority })).toMatchObject({ status: 429 });
  }
});

test("other shards take messages while one is full", async () => {
  const { bus } = busOnTrial({ ...small, shards: 8 });
  const hot = "topic.0";
  const others = Array.from({ length: 50 }, (_, number) => `topic.${number}`).filter(
    (topic) => bus.shardOf(topic) !== bus.shardOf(hot),
  );
  for (let count = 0; count < 9; count++) bus.publish({ topic: hot, payload: 1 });
  expect(bus.publish({ topic: hot, payload: 1 })).toMatchObject({ status: 429, shard: bus.shardOf(hot) });
  const elsewhere = others.slice(0, 5).map((topic) => bus.publish({ topic, payload: 1 }).accepted);
  expect(elsewhere).toEqual([true, true, true, true, true]);
});

test("what is in backoff counts toward the limit, for it comes back", async () => {
  const { bus, held, holding } = busOnTrial({ ...small, retryBackoffMs: 1_000 });
  bus.subscribe("a", holding);
  const answers: Published[] = [];
  for (let count = 0; count < 20; count++) {
    answers.push(bus.publish({ topic: "a", payload: 1 }));
    await quiet();
    held[0]?.refuse();
    await quiet();
  }
  expect(answers.filter(({ accepted }) => accepted)).toHaveLength(8);
  expect(bus.stats().ledger).toMatchObject({ accepted: 8, inBackoff: 8 });
  expect(bus.stats().shards[0]?.depth).toEqual({ normal: 0, high: 0 });
});

test("an operator's pause refuses what is new with 503, while the backlog is worked off", async () => {
  const { bus, reports } = busOnTrial({ shards: 1 });
  bus.subscribe("a", async () => {});
  bus.publish({ topic: "a", payload: 1 });
  bus.pause(0);
  const refused = { accepted: false, status: 503, reason: "shard_paused", shard: 0 };
  expect(bus.publish({ topic: "a", payload: 2 })).toEqual(refused);
  await quiet();
  expect(reports).toHaveLength(1);
  expect(bus.stats().shards[0]).toMatchObject({ paused: true, pausedBy: "operator", refused: 1 });
  bus.resume(0);
  expect(bus.publish({ topic: "a", payload: 3 })).toMatchObject({ accepted: true });
});

test("an operator's resume does not end backpressure", () => {
  const { bus } = busOnTrial(small);
  for (let count = 0; count < 8; count++) bus.publish({ topic: "a", payload: 1 });
  bus.pause(0);
  bus.resume(0);
  expect(bus.publish({ topic: "a", payload: 1 })).toMatchObject({ reason: "backpressure" });
});

test("only an existing shard can be paused", () => {
  const { bus } = busOnTrial({ shards: 2 });
  expect(() => bus.pause(2)).toThrow("There is no shard 2");
});

test("whatever comes and goes, a message is accepted exactly if the two marks say so", async () => {
  const step = fc.constantFrom("publish", "publish", "publish", "take");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
      const { bus, held, holding } = busOnTrial(small);
      bus.subscribe("a", holding);
      bus.publish({ topic: "a", payload: 0 });
      await quiet();
      let [depth, paused] = [0, false];
      for (const what of steps) {
        if (what === "publish") {
          expect(bus.publish({ topic: "a", payload: 1 }).accepted).toBe(!paused);
          if (!paused) depth += 1;
        } else if (depth > 0) {
          held[0]?.take();
          await quiet();
          depth -= 1;
        }
        paused = depth >= (paused ? 5 : 8);
        expect(bus.stats().shards[0]?.paused).toBe(paused);
      }
    }),
    { numRuns: 50 },
  );
});
