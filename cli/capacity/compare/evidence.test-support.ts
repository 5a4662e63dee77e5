import type { CapacityPlan } from "../../../capacity/mod.ts";
import { aWindow } from "../measure/window.test-support.ts";
import type { Evidence } from "./evidence.ts";

const plan: CapacityPlan = {
  title: "A plan",
  ask: { peakPerSecond: 1_000, p99WaitMs: 250, away: 1, safetyMargin: 1.5 },
  measure: {
    utilisations: [0.5, 0.8],
    repeats: 1,
    warmUpMs: 0,
    lastingMs: 1_000,
    holdsWithinPercent: 10,
    seed: "1",
  },
  sweep: { utilisations: [0.5, 1], lastingMs: 1_000 },
  configurations: [],
};

/** The seed's bus with a hot shard, measured to be just what the model says of it. */
export function someEvidence(given: Partial<Evidence> = {}): Evidence {
  const hottest = 0.2;
  return {
    plan,
    configuration: {
      name: "seed",
      shards: 8,
      workersPerShard: 4,
      queueSize: 10_000,
      service: { meanMs: 100, spread: "exponential", work: "wait" },
      topics: { count: 1_000, zipf: 0 },
      arrivals: { process: "poisson" },
      payloadBytes: 1_024,
    },
    shares: [hottest, ...Array<number>(7).fill((1 - hottest) / 7)],
    service: { serviceMs: 100, serviceCv2: 1 },
    windows: [
      aWindow({ utilisation: 0.5, serviceMs: 100, offeredPerSecond: 100, deliveredPerSecond: 100 }),
      aWindow({ utilisation: 0.8, serviceMs: 100, offeredPerSecond: 160, deliveredPerSecond: 160, cpuCores: 0.16 }),
    ],
    saturated: [
      aWindow({ serviceMs: 100, shards: [{ offered: 300, deliveredPerSecond: 40, follows: 0.8, p99WaitMs: 900 }] }),
    ],
    knee: { at: 170, below: 160, above: 180, because: "a shard's p99 wait is 400 ms, above 250 ms" },
    fill: { messages: 64_000, bytes: 64_000 * 1_500, payloadBytes: 1_024 },
    drain: { deliveredPerSecond: 320, serviceMs: 100, missing: 0 },
    threads: 7,
    ...given,
  };
}
