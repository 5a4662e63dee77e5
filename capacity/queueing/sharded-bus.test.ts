import fc from "fast-check";
import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { busQueues, busWaitPercentileMs, sustainablePerSecond } from "./sharded-bus.ts";
import { waitPercentileMs } from "./station.ts";

const even = { shares: Array<number>(8).fill(1 / 8), workersPerShard: 4, meanServiceMs: 100 };
/** The largest of eight shares on a ring of 100 virtual nodes a shard. */
const hot = { ...even, shares: [0.14446, ...Array<number>(7).fill((1 - 0.14446) / 7)] };

test("the hottest shard binds: 277 of 320 msg/s by the ring, 40 where one topic is all", () => {
  expect(sustainablePerSecond(even)).toBeCloseTo(320);
  expect(sustainablePerSecond(hot)).toBeCloseTo(276.9, 1);
  expect(sustainablePerSecond({ ...even, shares: [1, 0, 0, 0] })).toBe(40);
});

test.each([
  [224, 0.809, 80, 539],
  [256, 0.925, 278, 1_470],
])("at %d/s the hottest shard is %d busy and waits %d ms, p99 %d ms", (load, busy, meanMs, p99Ms) => {
  const { hottest } = busQueues(hot, load);
  if (!hottest.stable) throw new Error("unstable");
  expect(hottest.utilisation).toBeCloseTo(busy, 3);
  expect(Math.abs(hottest.meanWaitMs / meanMs - 1)).toBeLessThan(0.01);
  expect(Math.abs(waitPercentileMs(hottest, 0.99) / p99Ms - 1)).toBeLessThan(0.01);
});

test("at 288/s the hottest shard is lost, and only its queue grows", () => {
  const { hottest, growthPerSecond, meanWaitMs, shards } = busQueues(hot, 288);
  expect(hottest).toEqual({ stable: false, utilisation: 288 * 0.14446 * 0.025, growthPerSecond });
  expect(growthPerSecond).toBeCloseTo(288 * 0.14446 - 40);
  expect(shards.filter((queue) => queue.stable)).toHaveLength(7);
  expect(meanWaitMs).toBeUndefined();
  expect(busWaitPercentileMs(hot, 288, 0.99)).toBeUndefined();
});

test("of even shards, all have the wait of one", () => {
  const { hottest, meanWaitMs } = busQueues(even, 200);
  if (!hottest.stable) throw new Error("unstable");
  expect(meanWaitMs).toBeCloseTo(hottest.meanWaitMs);
  expect(busWaitPercentileMs(even, 200, 0.99)).toBeCloseTo(waitPercentileMs(hottest, 0.99));
});

test("a shard without messages waits for nothing", () => {
  const { shards } = busQueues({ ...even, shares: [0.5, 0.5, 0] }, 10);
  expect(shards[2]).toMatchObject({ utilisation: 0, meanWaitMs: 0, meanLength: 0 });
});

test("the percentile of all lies between those of the coolest and the hottest shard, and grows with the load", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 2, maxLength: 16 }),
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      (weights, load) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const bus = { ...even, shares: weights.map((weight) => weight / total) };
        const arrivals = load * sustainablePerSecond(bus);
        const all = busWaitPercentileMs(bus, arrivals, 0.99) ?? Number.NaN;
        const { hottest } = busQueues(bus, arrivals);
        expect(all).toBeLessThanOrEqual((hottest.stable ? waitPercentileMs(hottest, 0.99) : 0) + 1e-6);
        expect(busWaitPercentileMs(bus, arrivals * 1.01, 0.99)).toBeGreaterThanOrEqual(all);
      },
    ),
  );
});

test("shares that do not make a whole are refused", () => {
  expect(() => sustainablePerSecond({ ...even, shares: [0.5, 0.4] })).toThrow(UsageError);
  expect(() => busQueues({ ...even, shares: [1.5, -0.5] }, 1)).toThrow("one of the shares is -0.5");
  expect(() => busQueues({ ...even, shares: [Number.NaN] }, 1)).toThrow(UsageError);
});
