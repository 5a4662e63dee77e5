import { expect, test } from "vitest";

import { fakeSimulation, recipeFor, type Behaviour } from "./fake-simulation.test-support.ts";
import { poolInProcess, type Pool } from "./pool/pool.ts";
import { runCampaign, type CampaignOrder } from "./run-campaign.ts";
import type { SeedReport } from "./seed-report.ts";
import { keptMax, seedsIn } from "./tally.ts";

const failsFrom =
  (seed: number): Behaviour =>
  (plan) => ({ failed: Number(plan.seed) >= seed ? ["no job is lost"] : [] });

test("every seed is run once, in order, and counted", async () => {
  const simulate = fakeSimulation(() => ({}));
  const { tally, interrupted } = await campaign(simulate, { until: { seeds: 12 }, first: 30 });
  expect(simulate.runs.map(({ seed }) => Number(seed))).toEqual(Array.from({ length: 12 }, (_, index) => 30 + index));
  expect([tally.counts.passed, tally.virtualMs, interrupted]).toEqual([12, 720_000, false]);
});

test("it stops at the first seed that fails, unless it is to go on, and then keeps the lowest twenty", async () => {
  const first = await campaign(fakeSimulation(failsFrom(5)), { until: { seeds: 100 } });
  expect([first.tally.counts, first.tally.kept.failed[0]?.recipe.seed]).toEqual([
    { passed: 4, failed: 1, inconclusive: 0, broken: 0 },
    "5",
  ]);
  const all = await campaign(fakeSimulation(failsFrom(5)), { until: { seeds: 100 }, keepGoing: true });
  expect([all.tally.counts.failed, all.tally.kept.failed.length]).toEqual([96, keptMax]);
});

test("the lowest failing seed is found, however fast the workers are", async () => {
  const simulate = fakeSimulation(failsFrom(5));
  const slowest = poolOf(4, poolInProcess(simulate), (seed) => 10 - seed);
  const { tally } = await campaign(simulate, { until: { seeds: 100 } }, slowest);
  expect(tally.kept.failed[0]?.recipe.seed).toBe("5");
  expect(seedsIn(tally)).toBeLessThanOrEqual(9);
});

test("a seed that breaks or proves nothing is neither passed nor failed, and does not stop the others", async () => {
  const { tally } = await campaign(
    fakeSimulation(({ seed }) => {
      if (seed === "2") return { broke: new Error("simulation_stuck") };
      if (seed === "3") throw new Error("no such plan");
      return { unknown: seed === "4" ? ["every fault strikes"] : [] };
    }),
    { until: { seeds: 5 } },
  );
  expect(tally.counts).toEqual({ passed: 2, failed: 0, inconclusive: 1, broken: 2 });
  const reasons = [...tally.kept.broken, ...tally.kept.inconclusive].map(({ because }) => because);
  expect(reasons).toEqual(["simulation_stuck", "no such plan", "every fault strikes: unknown."]);
});

test("with a time instead of a number, seeds are begun until it is over", async () => {
  let nowMs = 0;
  const simulate = fakeSimulation(() => {
    nowMs += 100;
    return {};
  });
  const { tally, wallMs } = await campaign(simulate, { until: { lastingMs: 1_000 } }, undefined, () => nowMs);
  expect([tally.counts.passed, wallMs]).toEqual([10, 1_000]);
});

test("stopped from outside, it ends with what it has", async () => {
  const stop = new AbortController();
  const simulate = fakeSimulation(({ seed }) => {
    if (seed === "7") stop.abort();
    return { failed: seed === "3" ? ["no job is lost"] : [] };
  });
  const order = { until: { seeds: 100 }, keepGoing: true };
  const { tally, interrupted } = await campaign(
    simulate,
    order,
    poolInProcess(simulate, stop.signal),
    undefined,
    stop.signal,
  );
  expect([seedsIn(tally), tally.counts.failed, interrupted]).toEqual([6, 1, true]);
});

test("memory does not grow with the number of seeds: what is kept has a bound", async () => {
  const { tally } = await campaign(fakeSimulation(failsFrom(0)), { until: { seeds: 500 }, keepGoing: true });
  const ten = await campaign(fakeSimulation(failsFrom(0)), { until: { seeds: 10 }, keepGoing: true });
  expect([tally.kept.failed.length, tally.coverage.size]).toEqual([keptMax, ten.tally.coverage.size]);
});

function campaign(
  simulate: ReturnType<typeof fakeSimulation>,
  order: Partial<CampaignOrder>,
  pool: Pool = poolInProcess(simulate),
  now: () => number = () => 0,
  signal: AbortSignal = new AbortController().signal,
) {
  const base = recipeFor("scheduler-failover");
  const recipesOf = (seed: string) => [{ ...base, seed }];
  const usual = { recipesOf, first: 1, until: { seeds: 1 }, keepGoing: false };
  return runCampaign({ ...usual, ...order }, { pool, signal, now, onSeed: () => {} });
}

/** Several lanes, in which the answers come after so many turns. */
function poolOf(jobs: number, pool: Pool, turns: (seed: number) => number): Pool {
  const delayed = async (recipe: SeedReport["recipe"]): Promise<SeedReport | undefined> => {
    for (let turn = 0; turn < turns(Number(recipe.seed)); turn++) await Promise.resolve();
    return pool.run(recipe);
  };
  return { ...pool, jobs, run: delayed };
}
