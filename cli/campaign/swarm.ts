import { ownEntry, seededRandom, UsageError } from "../../core/mod.ts";
import { scenarios } from "../../scenarios/mod.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { paceBy } from "../run/tuning.ts";
import { drawCluster } from "./swarm/draw-cluster.ts";
import { drawConditions } from "./swarm/draw-conditions.ts";
import { drawAddedFaults, drawOwnFaults, trapsUnderLoad } from "./swarm/draw-faults.ts";
import { drawLoads, loadsLastMs } from "./swarm/draw-loads.ts";
import { drawServerFaults } from "./swarm/draw-server-faults.ts";

/**
 * Draws another recipe from a recipe's seed: cluster, network, clocks, faults and load. The same recipe gives the same
 * one.
 *
 * It is judged as a sweep's points are, by what the plane promises for any job or run: a server is struck only by what
 * loses nothing. What depends on the scenario's own plan is not asked: bounds on recovery and agreement, limits a
 * second, that all replicas stay, that each fault of a link is felt or meets so many runs.
 */
export function drawSwarm(recipe: Recipe): Recipe {
  const definition = ownEntry(scenarios, recipe.scenario);
  if (!definition) throw new UsageError(`There is no scenario "${recipe.scenario}"`);
  const { load } = definition(paceBy(recipe.pace));
  const random = seededRandom(`${recipe.seed}/swarm/${recipe.scenario}`);
  const isSplit = load.some(({ split }) => split !== undefined);
  const drawnOwn = drawOwnFaults(random.fork("own faults"), recipe.faults);
  const drawn = drawCluster(random.fork("cluster"), recipe.cluster, recipe.faults);
  // Shares of the gateways are of so many gateways.
  const cluster = isSplit ? { ...drawn, gateways: recipe.cluster.gateways } : drawn;
  const loads = drawLoads(random.fork("loads"), recipe.loads, load);
  const lastMs = loadsLastMs(loads);
  const own = trapsUnderLoad(drawnOwn, lastMs);
  const ground = { cluster, faults: own, loadsLastMs: lastMs, pace: recipe.pace };
  return {
    ...recipe,
    cluster,
    loads,
    conditions: drawConditions(random.fork("conditions")),
    faults: [
      ...own,
      ...drawAddedFaults(random.fork("added faults"), ground),
      ...drawServerFaults(random.fork("server faults"), ground),
    ],
    swept: true,
  };
}
