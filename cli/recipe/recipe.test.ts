import { expect, test } from "vitest";

import { scenarios } from "../../scenarios/mod.ts";
import { planTrials } from "../run/plan.ts";
import { planOfRecipe } from "./plan-of-recipe.ts";
import { operationsIn, recipeOf, type Recipe } from "./recipe.ts";

const choices = { world: "sim", seed: "7", tuning: "fast", set: [], without: [] } as const;

test.each(Object.keys(scenarios))("%s can be written down as JSON, and gives the same trial again", (name) => {
  const [plan] = planTrials(name, choices);
  const again = planOfRecipe(JSON.parse(JSON.stringify(recipeOf(plan!))) as Recipe);
  expect(withoutCode(again)).toEqual(withoutCode({ ...plan!, pace: 0.1 }));
});

test("a recipe's own faults, loads and cluster take the place of the scenario's", () => {
  const [plan] = planTrials("scheduler-failover", choices);
  const recipe = recipeOf(plan!, { loadFactor: 0.01 });
  expect(operationsIn(recipe)).toBe(31);
  const [first] = recipe.faults;
  const smaller = planOfRecipe({ ...recipe, faults: [{ ...first!, healAfterMs: 10 }], loads: {} }).scenario;
  expect([smaller.load, smaller.faults.map(({ healAfterMs }) => healAfterMs)]).toEqual([[], [10]]);
});

test("a scenario that is gone is refused", () => {
  const [plan] = planTrials("steady-work", choices);
  expect(() => planOfRecipe({ ...recipeOf(plan!), scenario: "gone" })).toThrow(/no scenario "gone"/);
});

/** Functions have no equals. */
function withoutCode(plan: object): unknown {
  return JSON.parse(JSON.stringify(plan));
}
