import { isDeepStrictEqual } from "node:util";

import { quietConditions, type SimConditions } from "../../../worlds/sim/conditions.ts";
import type { Candidate, Reduction } from "./reduction.ts";

/** Puts network and clocks back to quiet ones: all of them at once, then one thing after the other. */
export const quieterConditions: Reduction = function* (recipe): Generator<Candidate> {
  const loud = loudIn(recipe.conditions);
  if (loud.length > 1) yield { recipe: { ...recipe, conditions: quietConditions }, change: "network and clocks quiet" };
  for (const name of loud) {
    const { [name]: _, ...others } = recipe.conditions;
    const quiet = { ...others, ...(name in quietConditions ? { [name]: quietConditions[name] } : {}) };
    yield { recipe: { ...recipe, conditions: quiet as SimConditions }, change: `${name} as when all is quiet` };
  }
};

/** What is not as when all is quiet. */
function loudIn(conditions: SimConditions): (keyof SimConditions)[] {
  const names = Object.keys(conditions) as (keyof SimConditions)[];
  return names.filter((name) => !isDeepStrictEqual(conditions[name], quietConditions[name]));
}
