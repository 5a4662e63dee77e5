import { divergenceOf } from "../../cli/campaign/failure/divergence.ts";
import type { Recipe } from "../../cli/recipe/recipe.ts";
import type { TraceEntry } from "../../sim/mod.ts";
import type { HashedRun, Runner } from "./runner.ts";

/** So many steps that both traces have are shown before the first that differs. */
const stepsBefore = 5;

/** A run that did not come to the same hash as the first one of its recipe. */
export interface Difference {
  readonly recipe: Recipe;
  /** Which run it was, from 1. */
  readonly number: number;
  readonly runner: Runner;
  readonly hash: string;
  readonly expected: string;
}

/**
 * Runs a recipe so often, over several runners in turn, and returns the first run that differs from the very first.
 *
 * @param onRun - told of each run
 */
export async function firstDifference(
  recipe: Recipe,
  runs: number,
  runners: readonly Runner[],
  onRun: (run: HashedRun) => void = () => undefined,
): Promise<Difference | undefined> {
  const perRunner = runners.map(async (runner, index) => {
    const done: { number: number; runner: Runner; hash: string }[] = [];
    for (let number = index + 1; number <= runs; number += runners.length) {
      const run = await runner.run(recipe);
      onRun(run);
      done.push({ number, runner, hash: run.hash });
    }
    return done;
  });
  const [first, ...others] = (await Promise.all(perRunner)).flat().toSorted((one, other) => one.number - other.number);
  const other = others.find(({ hash }) => hash !== first?.hash);
  return other && first && { recipe, ...other, expected: first.hash };
}

/** Runs the recipe twice more, with all steps kept, and says in lines where the two traces part. */
export async function explain({ recipe, runner }: Difference, other: Runner): Promise<string[]> {
  const [one, two] = [await other.run(recipe, { traced: true }), await runner.run(recipe, { traced: true })];
  const divergence = divergenceOf(one.trace, two.trace);
  if (!divergence) return ["with all their steps kept, both runs did the same: run it again"];
  const { sharedSteps, failing, passing } = divergence;
  return [
    `the first ${sharedSteps} steps are the same; the last of them:`,
    ...one.trace.slice(Math.max(0, sharedSteps - stepsBefore), sharedSteps).map((step) => `    ${described(step)}`),
    `then ${other.name}: ${described(failing)}`,
    `but ${runner.name}: ${described(passing)}`,
  ];
}

function described(step: TraceEntry | undefined): string {
  if (!step) return "it was over";
  const digest = (step.digest >>> 0).toString(16);
  return `${step.at.toFixed(6)} ${step.who} ${step.what} ${step.detail} ${step.size} ${digest}`;
}
