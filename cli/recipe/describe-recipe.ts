import { isDeepStrictEqual } from "node:util";

import { readableMs } from "../../core/mod.ts";
import { quietConditions } from "../../worlds/sim/conditions.ts";
import type { PlannedFaultData, Recipe } from "./recipe.ts";

/** What decides a run besides its scenario, a line for each fault, load and condition that is not quiet. */
export function describeRecipe(recipe: Recipe): string[] {
  const { cluster, conditions, loads, faults } = recipe;
  const counts = Object.entries(cluster).map(
    ([roles, count]) => `${count} ${count === 1 ? roles.slice(0, -1) : roles}`,
  );
  const sent = Object.entries(loads).map(([name, arrivals]) => {
    const all = arrivals.shape === "burst" ? arrivals.countEach * arrivals.offsetsMs.length : arrivals.count;
    return `${all} ${all === 1 ? "operation" : "operations"} of ${name}${arrivals.shape === "burst" ? "" : ` at ${arrivals.rate}`}`;
  });
  const loud = Object.entries(conditions).filter(([name, value]) => !isDeepStrictEqual(value, quiet[name]));
  return [
    counts.join(", "),
    ...sent,
    ...(faults.length === 0 ? ["no fault"] : faults.map(describeFault)),
    ...loud.map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
  ];
}

const quiet: Readonly<Record<string, unknown>> = { ...quietConditions };

/** `at 2 s: crashAt scheduler-1 bus.publish (when after, nth 10), healed after 4 s` */
function describeFault({ fault, atMs, healAfterMs }: PlannedFaultData): string {
  const { action, selector, to, call, options = {} } = fault;
  const details = Object.entries(options).map(([name, value]) => `${name} ${value}`);
  const what = [action, selector, to, call, details.length === 0 ? undefined : `(${details.join(", ")})`];
  const heal = healAfterMs === undefined ? "" : `, healed after ${readableMs(healAfterMs)}`;
  return `at ${readableMs(atMs)}: ${what.filter(Boolean).join(" ")}${heal}`;
}
