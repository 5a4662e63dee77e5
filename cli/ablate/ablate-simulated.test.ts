import { expect, test } from "vitest";

import { fakeSimulation, recipeFor, type Behaviour } from "../campaign/fake-simulation.test-support.ts";
import { poolInProcess } from "../campaign/pool/pool.ts";
import { ablateSimulated, type SimAblateOrder } from "./ablate-simulated.ts";

test("a safeguard is caught at the first seed that goes red, and counted on to fifty", async () => {
  const [row] = await ablated((plan) => ({
    failed: plan.without.includes("worker-claim") && Number(plan.seed) % 7 === 0 ? ["one execution per epoch"] : [],
  }));
  expect(row).toMatchObject({ caught: true, firstSeed: 7, caughtIn: 7, tried: 50, check: "one execution per epoch" });
  expect(row?.firstAfterMs).toBe(7);
});

test("one that is caught late is looked for up to the last seed", async () => {
  const [row] = await ablated((plan) => ({
    failed: plan.seed === "90" && plan.without.length > 0 ? ["one execution per epoch"] : [],
  }));
  expect(row).toMatchObject({ caught: true, firstSeed: 90, caughtIn: 1, tried: 90 });
});

test("a red check that was not foretold does not count", async () => {
  const [row] = await ablated((plan) => ({ failed: plan.without.length > 0 ? ["no job is lost"] : [] }));
  expect(row).toMatchObject({ caught: false, caughtIn: 0, tried: 100, detail: "still green after 100 seeds" });
  expect(row?.firstSeed).toBeUndefined();
});

test("the same seeds must be green with every safeguard in place", async () => {
  const flaky: Behaviour = (plan) => ({
    failed: plan.without.length > 0 || plan.seed === "31" ? ["one execution per epoch"] : [],
  });
  const [row] = await ablated(flaky);
  expect(row).toMatchObject({
    caught: false,
    detail: expect.stringMatching(/every safeguard in place: seed 31 failed/) as string,
  });
  const [believed] = await ablated(flaky, { control: false });
  expect(believed?.caught).toBe(true);
});

function ablated(behave: Behaviour, override: Partial<SimAblateOrder> = {}) {
  let nowMs = 0;
  const simulate = fakeSimulation((plan, options) => {
    nowMs += 1;
    return behave(plan, options);
  });
  const recipeOf: SimAblateOrder["recipeOf"] = (scenario, without, seed) => recipeFor(scenario, seed, without);
  const order = { safeguards: ["worker-claim"] as const, first: 1, seeds: 100, control: true, recipeOf, ...override };
  const { signal } = new AbortController();
  return ablateSimulated(order, {
    pool: poolInProcess(simulate),
    signal,
    now: () => nowMs,
    step: () => {},
    live: () => {},
  });
}
