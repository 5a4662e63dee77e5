import type { Cluster, Random } from "../../../core/mod.ts";
import type { PlannedFaultData } from "../../recipe/recipe.ts";
import { wholeBetween } from "./draw.ts";
import { aimOf, countNames, countOf, roles } from "./roles.ts";

/** So many replicas of a role more than the scenario has, at most. */
const moreAtMost = 2;

/**
 * A cluster around the scenario's: never smaller than what its faults name, never with fewer than two of a role that
 * they strike, and without the roles that the scenario does without.
 */
export function drawCluster(random: Random, cluster: Cluster, faults: readonly PlannedFaultData[]): Cluster {
  const drawn = roles.map((role) => {
    const count = countOf(cluster, role);
    const number = wholeBetween(random, leastOf(role, faults), Math.max(count, 1) + moreAtMost);
    return [countNames[role], count === 0 ? 0 : number] as const;
  });
  return Object.fromEntries(drawn.filter(([name]) => name in cluster)) as unknown as Cluster;
}

function leastOf(role: string, faults: readonly PlannedFaultData[]): number {
  const aims = faults.map(({ fault }) => aimOf(fault)).filter((aim) => aim?.role === role);
  return aims.length === 0 ? 1 : Math.max(2, ...aims.map((aim) => aim?.number ?? 0));
}
