import { expect, test } from "vitest";

import { faultFromData, type FaultData } from "../../../chaos/mod.ts";
import { planOfRecipe } from "../../recipe/plan-of-recipe.ts";
import type { PlannedFaultData, Recipe } from "../../recipe/recipe.ts";
import { quietConditions } from "../../../worlds/sim/conditions.ts";
import { fakeSimulation, recipeFor } from "../fake-simulation.test-support.ts";
import { runSeed } from "../seed-report.ts";
import { shrink, type Shrunk } from "./shrink.ts";

const lost = "no job is lost";

/** Seven faults, of which two together do the harm; a lossy network, which does not. */
const noisy: Recipe = {
  ...recipeFor("scheduler-failover"),
  conditions: { ...quietConditions, loss: 0.01, skewMaxMs: 500 },
  faults: [
    fault("kill", "worker-1", 11_300, 7_000),
    fault("pause", "scheduler-1", 12_345, 8_000),
    fault("kill", "gateway-1", 20_000, 1_000),
    fault("pause", "worker-2", 23_456, 30_000),
    fault("kill", "scheduler-2", 31_000, 5_000),
    fault("restart", "gateway-2", 33_000),
    fault("kill", "worker-1", 50_000, 5_000),
  ],
};

/** Fails when scheduler-1 is paused for 3 s or more, and worker-2 is paused as well, with at least 4 operations. */
const failsForTwoPauses = (recipe: Recipe): boolean => {
  const paused = (whom: string, forMs: number): boolean =>
    recipe.faults.some(
      (each) => each.fault.action === "pause" && each.fault.selector === whom && (each.healAfterMs ?? 0) >= forMs,
    );
  return paused("scheduler-1", 3_000) && paused("worker-2", 0) && operations(recipe) >= 4;
};

test("what has nothing to do with the failure is taken away: faults, time, operations, and noise", async () => {
  const { report, isMinimal } = await shrunk(noisy, failsForTwoPauses);
  const { recipe } = report;
  expect(recipe.faults.map((each) => [each.fault.selector, each.atMs, each.healAfterMs])).toEqual([
    ["scheduler-1", 0, 3_000],
    ["worker-2", 0, expect.any(Number)],
  ]);
  expect(recipe.faults[0]?.healAfterMs).toBeLessThan(4_000);
  expect(recipe.faults[1]?.healAfterMs).toBeLessThan(20);
  expect([operations(recipe), recipe.conditions, isMinimal]).toEqual([4, quietConditions, true]);
});

test("the smallest run fails the same check, and those that pass differ from it in one thing", async () => {
  const { report, passing } = await shrunk(noisy, failsForTwoPauses);
  expect(report.red.map(({ check }) => check)).toEqual([lost]);
  expect(passing.map(({ change }) => change)).toContain("without pause worker-2");
  for (const { recipe } of passing) expect(failsForTwoPauses(recipe)).toBe(false);
});

test("when no passing run is next to the smallest one, those from a step before are told, and how far back it was", async () => {
  const needed = "pause worker-2";
  const names = ({ faults }: Recipe): string[] => faults.map(({ fault: each }) => `${each.action} ${each.selector}`);
  const fails = (recipe: Recipe): boolean => names(recipe).includes(needed);
  const complete = await shrunk(noisy, fails);
  expect(complete.stepsBack).toBe(0);
  const last = await firstRun(fails, ({ passing, stepsBack }) => passing.length > 0 && stepsBack > 0);
  for (const { recipe } of last.passing) expect(fails(recipe)).toBe(false);
  expect(last.stepsBack).toBeLessThanOrEqual(last.changes.length);
});

test("a run that fails another check is no smaller one", async () => {
  const isOther = ({ faults }: Recipe): boolean => faults.length < 2;
  const simulate = fakeSimulation((plan) => ({ failed: [isOther(asRecipe(plan)) ? "another check" : lost] }));
  const { report } = await shrinkWith(simulate, noisy, 300);
  expect(report.recipe.faults).toHaveLength(2);
});

test("a failure that needs no fault loses all of them at once", async () => {
  const { report, runs } = await shrunk({ ...noisy, loads: {}, conditions: quietConditions }, () => true);
  expect([report.recipe.faults, runs]).toEqual([[], 1]);
});

test("the same failure is shrunk in the same way, and within its bound", async () => {
  const [one, other] = [await shrunk(noisy, failsForTwoPauses), await shrunk(noisy, failsForTwoPauses)];
  expect([one.report.recipe, one.runs, one.changes]).toEqual([other.report.recipe, other.runs, other.changes]);
  const bounded = await shrunk(noisy, failsForTwoPauses, 5);
  expect([bounded.runs, bounded.isMinimal]).toEqual([5, false]);
  expect((await shrunk(noisy, failsForTwoPauses, 0)).report.recipe).toEqual(noisy);
});

test("a trap's call is made an earlier one", async () => {
  const crash = { action: "crashAt", selector: "scheduler-1", call: "bus.publish", options: { when: "after", nth: 9 } };
  const recipe = { ...noisy, faults: [{ fault: crash as FaultData, atMs: 0 }] };
  const nth = ({ faults }: Recipe): number => Number(faults[0]?.fault.options?.["nth"] ?? 0);
  const { report } = await shrunk(recipe, (smaller) => nth(smaller) >= 3);
  expect(report.recipe.faults[0]?.fault.options).toEqual({ when: "after", nth: 3 });
  expect(() => planOfRecipe(report.recipe)).not.toThrow();
});

/** What shrinking with few runs comes to, for the first number of runs that gives what is wanted. */
async function firstRun(fails: (recipe: Recipe) => boolean, isWanted: (shrunk: Shrunk) => boolean): Promise<Shrunk> {
  for (let runsMax = 1; runsMax <= 60; runsMax += 1) {
    const result = await shrunk(noisy, fails, runsMax);
    if (isWanted(result)) return result;
  }
  throw new Error("no number of runs gives it");
}

function shrunk(recipe: Recipe, fails: (recipe: Recipe) => boolean, runsMax = 300): Promise<Shrunk> {
  return shrinkWith(
    fakeSimulation((plan, { conditions }) => ({
      failed: fails({ ...asRecipe(plan), conditions: conditions! }) ? [lost] : [],
    })),
    recipe,
    runsMax,
  );
}

async function shrinkWith(simulate: ReturnType<typeof fakeSimulation>, recipe: Recipe, runsMax: number) {
  const failing = { ...(await runSeed(recipe, simulate)), outcome: "failed" as const };
  const { signal } = new AbortController();
  return shrink(failing, { check: lost, runsMax, run: (smaller) => runSeed(smaller, simulate), signal });
}

/** What a simulation is told, as far as these tests decide by it. */
function asRecipe({ scenario }: ReturnType<typeof planOfRecipe>): Recipe {
  const faults = scenario.faults.map(({ fault: { data }, ...times }) => ({ fault: data!, ...times }));
  return { ...noisy, faults, loads: Object.fromEntries(scenario.load.map(({ name, arrivals }) => [name, arrivals])) };
}

function fault(action: FaultData["action"], selector: string, atMs: number, healAfterMs?: number): PlannedFaultData {
  const data = { action, selector };
  expect(faultFromData(data).action).toBe(action);
  return { fault: data, atMs, ...(healAfterMs === undefined ? {} : { healAfterMs }) };
}

function operations({ loads }: Recipe): number {
  return Object.values(loads).reduce(
    (sum, each) => sum + (each.shape === "burst" ? each.countEach * each.offsetsMs.length : each.count),
    0,
  );
}
