import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { largestLoadPerSecond, podsFor } from "./pods-for-wait.ts";
import { busQueues } from "./sharded-bus.ts";
import { waitPercentileMs } from "./station.ts";

const even = { shares: Array<number>(8).fill(1 / 8), workersPerShard: 4, meanServiceMs: 100 };
const byRing = { ...even, shares: [0.14446, ...Array<number>(7).fill((1 - 0.14446) / 7)] };

test.each([
  [250, 5],
  [100, 8],
  [50, 11],
])("for 1,000 msg/s with a p99 wait of %d ms, even shards need %d pods", (waitMs, pods) => {
  expect(podsFor(1_000, largestLoadPerSecond(even, { share: 0.99, waitMs }))).toBe(pods);
});

test("with the ring's shares it takes a sixth pod, and a seventh to survive the loss of one", () => {
  const load = largestLoadPerSecond(byRing, { share: 0.99, waitMs: 250 });
  expect([podsFor(1_000, load), podsFor(1_000, load, 1)]).toEqual([6, 7]);
});

test("at the largest load the promise is just kept", () => {
  const load = largestLoadPerSecond(byRing, { share: 0.99, waitMs: 250 });
  const { hottest } = busQueues(byRing, load);
  expect(hottest.stable && waitPercentileMs(hottest, 0.99)).toBeCloseTo(250, 3);
});

test("a promise of no wait at all, and a peak of nothing, are refused", () => {
  expect(() => largestLoadPerSecond(even, { share: 0.99, waitMs: 0 })).toThrow(UsageError);
  expect(() => podsFor(0, 100)).toThrow(UsageError);
  expect(() => podsFor(100, 0)).toThrow(UsageError);
});
