import { baseRecipes } from "../../cli/campaign/choices.ts";
import { drawSwarm } from "../../cli/campaign/swarm.ts";
import type { Recipe } from "../../cli/recipe/recipe.ts";

/** Between them they have every role, and faults of each family: signals, links, traps inside replicas, servers. */
const scenarioNames = [
  "scheduler-failover",
  "lost-submit-reply",
  "workflow-failover",
  "crash-after-publish",
  "scheduler-loses-redis",
  "redis-failover",
  "nats-leader-loss",
];

/** What a seed runs: each scenario in turn as it is, then each as the swarm draws it. */
export function recipeFor(seed: number): Recipe {
  const name = scenarioNames[seed % scenarioNames.length]!;
  const [base] = baseRecipes(name, { tuning: "fast", set: [], without: [] });
  if (!base) throw new Error(`the scenario ${name} is gone`);
  const recipe = { ...base, seed: `${seed}` };
  return Math.floor(seed / scenarioNames.length) % 2 === 1 ? drawSwarm(recipe) : recipe;
}
