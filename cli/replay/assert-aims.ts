import { nearestNames, UsageError, type Cluster } from "../../core/mod.ts";
import { aimOf, countOf } from "../campaign/swarm/roles.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { TrialPlan } from "../run/plan.ts";

/**
 * Holds a recipe to what its scenario and its cluster have: every load is one of the scenario's, and every fault aims
 * at a replica that there is, or that joins.
 *
 * @throws UsageError naming the load or the replica.
 */
export function assertAims(recipe: Recipe, { scenario }: TrialPlan, file: string): void {
  const names = scenario.load.map(({ name }) => name);
  const unknown = Object.keys(recipe.loads).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `Cannot replay ${file}: ${recipe.scenario} has no load "${unknown}"`,
      nearestNames(unknown, names).map((name) => `did you mean "${name}"?`)[0] ?? "the file was changed",
    );
  }
  const stray = recipe.faults.find(({ fault }, index) => {
    const isServers = scenario.faults[index]?.fault.needsServers === true;
    return !isServers && !isAimed(fault, recipe);
  });
  if (stray) {
    const { action, selector, to } = stray.fault;
    const whom = selector === "clients" && to !== undefined ? to : selector;
    throw new UsageError(
      `Cannot replay ${file}: a fault (${action}) aims at "${whom}", and there is no such replica`,
      `the cluster has ${describeCluster(recipe.cluster)}`,
    );
  }
}

function isAimed(fault: Recipe["faults"][number]["fault"], { cluster, faults }: Recipe): boolean {
  const aim = aimOf(fault);
  if (!aim) return false;
  const joining = faults.filter((other) => other.fault.action === "join" && other.fault.selector === aim.role).length;
  const count = countOf(cluster, aim.role) + joining;
  return aim.number === undefined ? count > 0 : aim.number >= 1 && aim.number <= count;
}

function describeCluster(cluster: Cluster): string {
  return Object.entries(cluster)
    .map(([roles, count]) => `${count} ${roles}`)
    .join(", ");
}
