import { availableParallelism } from "node:os";

import { isDuration, ms, UsageError } from "../../core/mod.ts";
import { usualLoadFactor } from "../recipe/thin-load.ts";
import { recipeOf, type Recipe } from "../recipe/recipe.ts";
import { planTrials } from "../run/plan.ts";
import type { CampaignOrder } from "./run-campaign.ts";

/** What the user may choose about simulated runs, as texts. */
export interface RecipeChoices {
  readonly tuning: string;
  readonly set: readonly string[];
  readonly without: readonly string[];
  /** A factor. @defaultValue chosen by the scenario's load */
  readonly load?: string;
}

/** What the user may choose about a campaign, as texts. */
export interface CampaignChoices extends RecipeChoices {
  readonly seeds?: string;
  readonly for?: string;
  readonly first: string;
  readonly keepGoing?: boolean;
  readonly swarm?: boolean;
}

const seedsUsually = 100;

/** Draws another recipe from a seed: cluster, network, faults and load. */
export type Swarm = (recipe: Recipe) => Recipe;

/**
 * What a campaign is to do.
 *
 * @throws UsageError for anything that makes no sense, before anything is run.
 */
export function campaignOrder(name: string, choices: CampaignChoices, swarm: Swarm): CampaignOrder {
  const first = readWhole("--first", choices.first, { least: 0, most: 1e15 });
  const bases = baseRecipes(name, choices);
  const drawn = choices.swarm === true ? swarm : (recipe: Recipe): Recipe => recipe;
  return {
    recipesOf: (seed) => bases.map((base) => drawn({ ...base, seed })),
    first,
    until: readUntil(choices),
    keepGoing: choices.keepGoing === true,
  };
}

/** The recipes behind a name, all with the same seed: one for a scenario, several for a suite. */
export function baseRecipes(name: string, choices: RecipeChoices): Recipe[] {
  const { tuning, set, without, load } = choices;
  const wanted = load === undefined ? undefined : readFactor(load);
  const plans = planTrials(name, { world: "sim", seed: "0", tuning, set, without });
  return plans.map((plan) => recipeOf(plan, { loadFactor: wanted ?? usualLoadFactor(plan.scenario) }));
}

function readUntil({ seeds, for: time }: CampaignChoices): CampaignOrder["until"] {
  if (seeds !== undefined && time !== undefined) {
    throw new UsageError(
      "A campaign ends after so many seeds, or after some time, and not both",
      "leave out one of --seeds and --for",
    );
  }
  if (time === undefined) return { seeds: readWhole("--seeds", seeds ?? `${seedsUsually}`, { least: 1, most: 1e9 }) };
  if (isDuration(time) && ms(time) > 0) return { lastingMs: ms(time) };
  throw new UsageError(`Not a time for --for: "${time}"`, "write it like 5m or 30s");
}

/** How many workers, by what the user wrote. @throws UsageError */
export function readJobs(text: string | undefined): number {
  return readWhole("--jobs", text ?? `${availableParallelism()}`, { least: 1, most: 256 });
}

/** @throws UsageError unless it is a whole number within the bounds. */
export function readWhole(option: string, text: string, { least, most }: { least: number; most: number }): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`Not a number for ${option}: "${text}"`, `a whole number from ${least} to ${most}`);
}

function readFactor(text: string): number {
  const factor = Number(text);
  if (text.trim() !== "" && factor > 0 && factor <= 1) return factor;
  throw new UsageError(`Not a factor for --load: "${text}"`, "1 is the scenario's own load, 0.1 a tenth of it");
}
