import { expect, test } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { simulateStation } from "./simulated-station.test-support.ts";
import { queueOf, waitPercentileMs, type StableQueue, type Station } from "./station.ts";

const arrivals = 1_000_000;

test.each([
  [4, 0.5],
  [4, 0.8],
  [32, 0.8],
  [1, 0.7],
])("a million customers at %d servers, loaded %d, wait as M/M/c says", (servers, load) => {
  const station = { servers, meanServiceMs: 100, arrivalsPerSecond: load * servers * 10 };
  const queue = stable(station);
  const seen = simulateStation(station, arrivals, seededRandom(`${servers} at ${load}`));
  expect(relative(seen.meanMs, queue.meanWaitMs)).toBeLessThan(0.03);
  expect(relative(seen.waitingShare, queue.waitProbability)).toBeLessThan(0.02);
  expect(relative(seen.p99Ms, waitPercentileMs(queue, 0.99))).toBeLessThan(0.05);
});

test("with a fixed service time, Allen and Cunneen come within a tenth of the mean wait", () => {
  const station = { servers: 4, meanServiceMs: 100, arrivalsPerSecond: 32, serviceCv2: 0 };
  const seen = simulateStation(station, arrivals, seededRandom("fixed"), () => 100);
  expect(relative(stable(station).meanWaitMs, seen.meanMs)).toBeLessThan(0.1);
});

test("the simulation would notice a formula that forgets a server", () => {
  const station = { servers: 4, meanServiceMs: 100, arrivalsPerSecond: 20 };
  const seen = simulateStation(station, 100_000, seededRandom("forgotten"));
  expect(relative(seen.meanMs, stable({ ...station, servers: 3 }).meanWaitMs)).toBeGreaterThan(0.5);
});

function stable(station: Station): StableQueue {
  const queue = queueOf(station);
  if (!queue.stable) throw new Error("the station is overloaded");
  return queue;
}

function relative(value: number, expected: number): number {
  return Math.abs(value - expected) / expected;
}
