import fc from "fast-check";
import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { queueOf, shareWaitingBeyond, unstableInWords, waitPercentileMs, type StableQueue } from "./station.ts";

/** One of eight shards: 4 workers of 100 ms. */
const shard = { servers: 4, meanServiceMs: 100 };

test.each([
  [20, 8.7, 143],
  [25, 21.3, 231],
  [28, 35.7, 313],
  [32, 74.6, 511],
  [36, 197, 1_092],
])("at %d/s, a shard's mean wait is %d ms and its p99 %d ms", (arrivalsPerSecond, meanMs, p99Ms) => {
  const queue = stable({ ...shard, arrivalsPerSecond });
  expect(relative(queue.meanWaitMs, meanMs)).toBeLessThan(0.01);
  expect(relative(waitPercentileMs(queue, 0.99), p99Ms)).toBeLessThan(0.01);
  expect(queue.meanLength).toBeCloseTo((arrivalsPerSecond * queue.meanWaitMs) / 1_000);
});

test.each([
  [160, 0],
  [256, 43],
  [288, 120],
])("32 pooled workers at %d/s have a p99 of %d ms", (arrivalsPerSecond, p99Ms) => {
  const queue = stable({ servers: 32, meanServiceMs: 100, arrivalsPerSecond });
  expect(Math.round(waitPercentileMs(queue, 0.99))).toBe(p99Ms);
});

test("one server of fixed service time waits as Pollaczek and Khinchine say", () => {
  const queue = stable({ servers: 1, meanServiceMs: 100, arrivalsPerSecond: 8, serviceCv2: 0 });
  expect(queue.meanWaitMs).toBeCloseTo((0.8 * 100) / (2 * 0.2));
});

test("without any variability nobody waits", () => {
  const queue = stable({ ...shard, arrivalsPerSecond: 39, arrivalCv2: 0, serviceCv2: 0 });
  expect([queue.meanWaitMs, waitPercentileMs(queue, 0.99), shareWaitingBeyond(queue, 0)]).toEqual([0, 0, 0]);
});

test("an overloaded station is a value with its growth, in words and without NaN", () => {
  const queue = queueOf({ ...shard, arrivalsPerSecond: 45.2 });
  expect(queue.stable).toBe(false);
  expect(queue.stable || unstableInWords(queue)).toBe(
    "unstable: 1.13 of what it can serve; the queue grows by 5.2 msg/s",
  );
  expect(JSON.stringify(queue)).not.toContain("null");
  const atCapacity = queueOf({ ...shard, arrivalsPerSecond: 40 });
  expect(atCapacity.stable || unstableInWords(atCapacity)).toBe(
    "unstable: 1.00 of what it can serve; the queue never settles",
  );
});

test("the percentile and the tail are each other's inverse", () => {
  fc.assert(
    fc.property(anyStation(), fc.double({ min: 0.5, max: 0.9999, noNaN: true }), (station, share) => {
      const queue = stable(station);
      const waitMs = waitPercentileMs(queue, share);
      if (waitMs > 0) expect(shareWaitingBeyond(queue, waitMs)).toBeCloseTo(1 - share, 8);
      else expect(queue.waitProbability).toBeLessThanOrEqual(1 - share + 1e-9);
    }),
  );
});

test("more load, longer work and more variability never shorten the wait", () => {
  fc.assert(
    fc.property(anyStation(), (station) => {
      const { meanWaitMs } = stable(station);
      const busier = { ...station, arrivalsPerSecond: station.arrivalsPerSecond * 1.0001 };
      const varied = { ...station, serviceCv2: (station.serviceCv2 ?? 1) + 0.1 };
      expect(stable(busier).meanWaitMs).toBeGreaterThanOrEqual(meanWaitMs);
      expect(stable(varied).meanWaitMs).toBeGreaterThanOrEqual(meanWaitMs);
      expect(stable({ ...station, servers: station.servers + 1 }).meanWaitMs).toBeLessThanOrEqual(meanWaitMs);
    }),
  );
});

test("figures that make no sense are refused", () => {
  expect(() => queueOf({ ...shard, arrivalsPerSecond: -1 })).toThrow(UsageError);
  expect(() => queueOf({ ...shard, arrivalsPerSecond: Number.NaN })).toThrow(UsageError);
  expect(() => queueOf({ ...shard, meanServiceMs: 0, arrivalsPerSecond: 1 })).toThrow(UsageError);
  expect(() => waitPercentileMs(stable({ ...shard, arrivalsPerSecond: 1 }), 1)).toThrow("share is 1");
});

type Given = Parameters<typeof queueOf>[0];

function stable(station: Given): StableQueue {
  const queue = queueOf(station);
  if (!queue.stable) throw new Error(unstableInWords(queue));
  return queue;
}

/** Stations of any size, loaded up to 99 %. */
function anyStation(): fc.Arbitrary<Given> {
  return fc
    .record({
      servers: fc.integer({ min: 1, max: 64 }),
      meanServiceMs: fc.double({ min: 0.1, max: 1_000, noNaN: true }),
      load: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      serviceCv2: fc.double({ min: 0, max: 10, noNaN: true }),
    })
    .map(({ load, ...station }) => ({
      ...station,
      arrivalsPerSecond: (load * station.servers * 1_000) / station.meanServiceMs,
    }));
}

function relative(value: number, expected: number): number {
  return Math.abs(value - expected) / expected;
}
