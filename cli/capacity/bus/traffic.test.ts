import { expect, test } from "vitest";

import type { ArrivalPlan, BusConfiguration } from "../../../capacity/mod.ts";
import { seededRandom } from "../../../core/mod.ts";
import { popularity, shardShares } from "./topics.ts";
import { arrivalCv2, makeTraffic } from "./traffic.ts";

const bus: BusConfiguration = {
  name: "bus",
  shards: 4,
  workersPerShard: 2,
  queueSize: 100,
  service: { meanMs: 10, spread: "exponential", work: "wait" },
  topics: { count: 50, zipf: 1 },
  arrivals: { process: "poisson" },
  payloadBytes: 100,
};

test.each([
  [{ process: "poisson" }, 1],
  [{ process: "uniform" }, 0],
] as const)("%j arrivals keep their rate, and their gaps vary by %d", (arrivals, cv2) => {
  const { dueMs } = makeTraffic({ ...bus, arrivals }, 1_000, 60_000, seededRandom("gaps"));
  expect(dueMs.length / 60).toBeCloseTo(1_000, -2);
  expect(variability(dueMs)).toBeCloseTo(cv2, 1);
  expect(arrivalCv2({ ...bus, arrivals })).toBe(cv2);
});

test("bursts come together, and count as variable as they are large", () => {
  const arrivals: ArrivalPlan = { process: "bursts", of: 16 };
  const { dueMs } = makeTraffic({ ...bus, arrivals }, 1_000, 60_000, seededRandom("bursts"));
  expect(dueMs.length % 16).toBe(0);
  expect(new Set(dueMs.slice(0, 16)).size).toBe(1);
  expect(dueMs.length / 60).toBeCloseTo(1_000, -2);
  expect(arrivalCv2({ ...bus, arrivals })).toBe(16);
});

test("the same seed is the same traffic, another is another", () => {
  const one = makeTraffic(bus, 100, 1_000, seededRandom(1));
  expect(makeTraffic(bus, 100, 1_000, seededRandom(1))).toEqual(one);
  expect(makeTraffic(bus, 100, 1_000, seededRandom(2))).not.toEqual(one);
});

test("topics occur as often as they are popular", () => {
  const { topics } = makeTraffic(bus, 1_000, 60_000, seededRandom("topics"));
  const shares = popularity(bus.topics);
  expect(shares[0]! / shares[1]!).toBeCloseTo(2);
  for (const rank of [0, 1, 9]) {
    const seen = topics.filter((topic) => topic === rank).length / topics.length;
    expect(seen).toBeCloseTo(shares[rank]!, 1.5);
  }
});

test("shards share all of the messages, and one topic takes one shard", () => {
  expect(shardShares(8, { count: 1_000, zipf: 0 }).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  expect(shardShares(8, { count: 1, zipf: 0 }).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
});

function variability(dueMs: Float64Array): number {
  const gaps = [...dueMs.slice(1)].map((due, index) => due - dueMs[index]!);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length / mean ** 2;
}
