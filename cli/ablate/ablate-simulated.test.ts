import { expect, test } from "vitest";

import type { SimAblationRow } from "../../reports/mod.ts";
import { fakeSimulation, recipeFor, type Behaviour } from "../campaign/fake-simulation.test-support.ts";
import { poolInProcess } from "../campaign/pool/pool.ts";
import { ablateSimulated, ablationExitCode, type SimAblateOrder } from "./ablate-simulated.ts";

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
  expect(row).toMatchObject({ caught: false, caughtIn: 0, tried: 100 });
  expect(row?.detail).toBe("not caught: 0 passed, 100 failed by another check");
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

test("seeds that broke or came to no verdict are not called green", async () => {
  const behave: Behaviour = (plan) => {
    if (plan.without.length === 0) return {};
    if (plan.seed === "2") return { broke: new Error("stuck") };
    return plan.seed === "5" ? { unknown: ["no job is lost"] } : {};
  };
  const [row] = await ablated(behave);
  expect(row?.counts).toEqual({ passed: 98, failed: 0, broken: 1, inconclusive: 1 });
  expect(row?.detail).toBe("not caught: 98 passed, 1 broken, 1 inconclusive");
  const [green] = await ablated(() => ({}));
  expect(green?.detail).toBe("still green after 100 seeds");
});

test("where every seed broke, nothing was examined", async () => {
  const rows = await ablated(() => ({ broke: new Error("stuck") }), { control: false });
  expect([rows[0]?.detail, exitCodeOf(rows)]).toEqual(["not caught: 0 passed, 100 broken", 3]);
  expect(exitCodeOf(await ablated(() => ({})))).toBe(1);
  expect(exitCodeOf(await ablated(caughtAt("7")))).toBe(0);
  expect(exitCodeOf([])).toBe(3);
});

test("a control that breaks, or is interrupted, takes the catch back", async () => {
  const [broken] = await ablated((plan, options) =>
    plan.without.length === 0 && plan.seed === "3" ? { broke: new Error("stuck") } : caughtAt("7")(plan, options),
  );
  expect(broken).toMatchObject({ caught: false, detail: expect.stringMatching(/seed 3 broken: stuck/) as string });

  const stop = new AbortController();
  const [cut] = await ablated(
    (plan, options) => {
      if (plan.without.length === 0 && plan.seed === "10") stop.abort();
      return caughtAt("7")(plan, options);
    },
    {},
    stop.signal,
  );
  expect(cut).toMatchObject({ caught: false, caughtIn: 1 });
  expect(cut?.detail).toMatch(/the control was not run to its end: 9 of 50 seeds$/);
  expect(cut?.reproduce).toBeUndefined();
});

test("an interruption before the first seed has examined nothing", async () => {
  const stop = new AbortController();
  const rows = await ablated(() => (stop.abort(), {}), {}, stop.signal);
  expect(rows).toMatchObject([{ caught: false, tried: 0, detail: "no seed was run to its end" }]);
  expect(exitCodeOf(rows)).toBe(3);
});

test("the time and the command are those of the seed that is shown, even when a later one was done before", async () => {
  const [row] = await ablated(caughtAt("4", "2"), { recipeOf: backwards });
  expect(row).toMatchObject({ firstSeed: 2, firstAfterMs: 49, reproduce: "paused-worker worker-claim 2" });
});

function caughtAt(...seeds: string[]): Behaviour {
  return (plan) => ({
    failed: plan.without.length > 0 && seeds.includes(plan.seed) ? ["one execution per epoch"] : [],
  });
}

/** The first fifty seeds in the other order, as when a later one is done first. */
function backwards(scenario: string, without: readonly string[], seed: string) {
  return recipeFor(scenario, Number(seed) <= 50 ? `${51 - Number(seed)}` : seed, without);
}

function exitCodeOf(rows: readonly SimAblationRow[]) {
  return ablationExitCode(orderOf({}), rows);
}

function orderOf(override: Partial<SimAblateOrder>): SimAblateOrder {
  const recipeOf: SimAblateOrder["recipeOf"] = (scenario, without, seed) => recipeFor(scenario, seed, without);
  const commandOf: SimAblateOrder["commandOf"] = (...words) => words.join(" ");
  return { safeguards: ["worker-claim"], first: 1, seeds: 100, control: true, recipeOf, commandOf, ...override };
}

function ablated(
  behave: Behaviour,
  override: Partial<SimAblateOrder> = {},
  signal: AbortSignal = new AbortController().signal,
) {
  let nowMs = 0;
  const simulate = fakeSimulation((plan, options) => {
    nowMs += 1;
    return behave(plan, options);
  });
  return ablateSimulated(orderOf(override), {
    pool: poolInProcess(simulate, signal),
    signal,
    now: () => nowMs,
    step: () => {},
    live: () => {},
  });
}
