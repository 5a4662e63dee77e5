import { expect, test } from "vitest";

import { ms } from "../../../core/mod.ts";
import { smallTrial } from "./small-trial.ts";

test("a small trial has three replicas, two clients with eight jobs, and a fault for each replica, by its seed", () => {
  const seeds = Array.from({ length: 50 }, (_, seed) => `${seed}`);
  for (const seed of seeds) {
    const { scenario } = smallTrial(seed);
    expect(scenario.cluster).toEqual({ gateways: 1, schedulers: 1, workers: 1 });
    expect(new Set(scenario.load.map(({ client }) => client)).size).toBe(2);
    expect(scenario.load.map(({ arrivals }) => "count" in arrivals && arrivals.count)).toEqual([4, 4]);
    expect(scenario.faults.map(({ fault }) => fault.selector)).toEqual(["gateway-1", "scheduler-1", "worker-1"]);
    const healedMs = Math.max(...scenario.faults.map(({ atMs, healAfterMs = Infinity }) => atMs + healAfterMs));
    expect(healedMs + ms(scenario.settleWithin ?? "0s")).toBeLessThan(600_000);
  }
  const faults = seeds.map((seed) => JSON.stringify(smallTrial(seed).scenario.faults));
  expect(new Set(faults).size).toBe(seeds.length);
  expect(JSON.stringify(smallTrial("7").scenario.faults)).toBe(faults[7]);
});
