import fc from "fast-check";
import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { cpuPerPodCores } from "./cpu-per-pod.ts";
import { memoryPerPodBytes } from "./memory-per-pod.ts";
import { queueCapacityMessages } from "./queue-capacity.ts";
import { requiredPods } from "./required-pods.ts";
import { threadsPerPod } from "./threads-per-pod.ts";
import { throughputPerSecond } from "./throughput.ts";

const megabyte = 1e6;

test("the six worked examples of the seed come out as it prints them", () => {
  expect(throughputPerSecond({ shards: 8, workersPerShard: 4, meanServiceMs: 100 })).toBe(320);
  expect(queueCapacityMessages({ shards: 8, queueSize: 10_000 })).toBe(80_000);
  expect(requiredPods({ peakPerSecond: 1_000, podPerSecond: 320, safetyMargin: 1.5 })).toEqual({
    exact: 4.6875,
    pods: 5,
  });
  expect(cpuPerPodCores({ workers: 32, coresPerWorker: 0.05, overheadCores: 0.5 })).toBeCloseTo(2.1);
  expect(
    memoryPerPodBytes({
      queueCapacityMessages: 80_000,
      messageBytes: 1_000,
      workerBytes: 500 * megabyte,
      overheadBytes: 500 * megabyte,
    }),
  ).toBe(1_080 * megabyte);
  expect(threadsPerPod({ shards: 8, workersPerShard: 4 })).toBe(112);
});

test("the last digit of a division does not cost a pod", () => {
  expect(requiredPods({ peakPerSecond: 0.3, podPerSecond: 0.1, safetyMargin: 1 }).pods).toBe(3);
  expect(requiredPods({ peakPerSecond: 1, podPerSecond: 1_000, safetyMargin: 1 }).pods).toBe(1);
});

const throughput = { shards: 8, workersPerShard: 4, meanServiceMs: 100 };
const memory = { queueCapacityMessages: 1, messageBytes: 1, workerBytes: 0, overheadBytes: 0 };

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 1e-300])("%d is refused wherever it stands", (value) => {
  const calls = [
    ...Object.keys(throughput).map((name) => () => throughputPerSecond({ ...throughput, [name]: value })),
    () => queueCapacityMessages({ shards: value, queueSize: 1 }),
    () => requiredPods({ peakPerSecond: value, podPerSecond: 1, safetyMargin: 1 }),
    () => requiredPods({ peakPerSecond: 1, podPerSecond: value, safetyMargin: 1 }),
    () => cpuPerPodCores({ workers: 1, coresPerWorker: value, overheadCores: 0 }),
    () => memoryPerPodBytes({ ...memory, messageBytes: value }),
    () => threadsPerPod({ shards: 1, workersPerShard: value }),
  ];
  for (const call of calls) expect(call).toThrow(UsageError);
});

test("half a shard is refused; no overhead is fine, less than none is not", () => {
  expect(() => throughputPerSecond({ ...throughput, shards: 0.5 })).toThrow("shards is 0.5");
  expect(memoryPerPodBytes(memory)).toBe(1);
  expect(() => memoryPerPodBytes({ ...memory, overheadBytes: -1 })).toThrow("overheadBytes is -1");
});

test("more shards, more workers and shorter work never serve less", () => {
  const whole = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(
      whole,
      whole,
      fc.double({ min: 0.1, max: 1e4, noNaN: true }),
      (shards, workersPerShard, meanServiceMs) => {
        const one = throughputPerSecond({ shards, workersPerShard, meanServiceMs });
        expect(throughputPerSecond({ shards: shards + 1, workersPerShard, meanServiceMs })).toBeGreaterThan(one);
        expect(throughputPerSecond({ shards, workersPerShard, meanServiceMs: meanServiceMs / 2 })).toBeGreaterThan(one);
      },
    ),
  );
});
