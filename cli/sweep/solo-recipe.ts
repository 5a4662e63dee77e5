import { UsageError } from "../../core/mod.ts";
import type { Arrivals } from "../../loadgen/mod.ts";
import { scenarios } from "../../scenarios/mod.ts";
import { planOfRecipe } from "../recipe/plan-of-recipe.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { CrashPoint } from "./crash-points.ts";

/** Longer than locks, leases and workers' sessions live, so that others must do the work of the dead. */
const outageMs = 45_000;

const once: Arrivals = { shape: "uniform", rate: "1/s", count: 1 };

/**
 * The scenario with a single job and, where it has workflows, a single run of one; without its faults.
 *
 * @throws UsageError when it sends neither.
 */
export function soloRecipe(recipe: Recipe): Recipe {
  const { load } = planOfRecipe(recipe).scenario;
  const job = load.find(({ workflow, via }) => workflow === undefined && via !== "bus");
  const run = load.find(({ workflow }) => workflow !== undefined);
  const names = [job, run].flatMap((each) => (each ? [each.name] : []));
  if (names.length === 0) {
    throw new UsageError(
      `${recipe.scenario} submits no job over a gateway, and starts no run`,
      `sweep another: ${Object.keys(scenarios)[0]}`,
    );
  }
  return { ...recipe, loads: Object.fromEntries(names.map((name) => [name, once])), faults: [], swept: true };
}

/**
 * The same, with the harness waiting as long as it does when a replica is dead, so that it asks nothing meanwhile: a
 * trap lies where nobody comes.
 */
export function undisturbed(recipe: Recipe, replica: string): Recipe {
  const never = 1e9;
  return withCrashAt(recipe, { replica, call: "bus.publish", name: "bus.publish", nth: never, when: "before" });
}

/** The same, with the replica dying at that point, and coming back after an outage. */
export function withCrashAt(recipe: Recipe, { replica, call, nth, when }: CrashPoint): Recipe {
  const fault = { action: "crashAt", selector: replica, call, options: { when, nth } } as const;
  return { ...recipe, faults: [{ fault, atMs: 0, healAfterMs: outageMs * recipe.pace }] };
}
