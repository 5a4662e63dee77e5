import { faultFromData, type PlannedFault } from "../../chaos/mod.ts";
import { ownEntry, UsageError } from "../../core/mod.ts";
import { scenarios } from "../../scenarios/mod.ts";
import type { TrialPlan } from "../run/plan.ts";
import { paceBy } from "../run/tuning.ts";
import { asSwept } from "./as-swept.ts";
import { loadsOf, type PlannedFaultData, type Recipe } from "./recipe.ts";

/**
 * The trial that a recipe describes.
 *
 * @throws UsageError when the scenario is gone, or a fault is not known.
 */
export function planOfRecipe(recipe: Recipe): TrialPlan {
  const { scenario: name, seed, tuningName, tuning, settings, without, pace, cluster } = recipe;
  const definition = ownEntry(scenarios, name);
  if (!definition) {
    throw new UsageError(`There is no scenario "${name}"`, "`npm run seatrial -- list scenarios` shows all");
  }
  const original = definition(paceBy(pace));
  const same = { ...original, cluster, load: loadsOf(recipe, original), faults: recipe.faults.map(faultOf) };
  const scenario = recipe.swept === true ? asSwept(same, paceBy(pace)) : same;
  return { name, world: "sim", scenario, seed, engine: "open", tuningName, settings, tuning, without, pace };
}

function faultOf({ fault, ...times }: PlannedFaultData): PlannedFault {
  return { fault: faultFromData(fault), ...times };
}
