import { simulateRecipe } from "../../cli/campaign/seed-report.ts";
import type { Recipe } from "../../cli/recipe/recipe.ts";
import { simulateTrial } from "../../cli/simulate/simulate-trial.ts";
import type { TraceEntry } from "../../sim/mod.ts";

/** What one run of a recipe came to. */
export interface HashedRun {
  readonly hash: string;
  readonly kernelEvents: number;
  /** Every step, when it was asked for. */
  readonly trace: readonly TraceEntry[];
}

/** Somewhere that recipes are run: this process, or another. */
export interface Runner {
  readonly name: string;
  run(recipe: Recipe, options?: { readonly traced?: boolean }): Promise<HashedRun>;
}

/** Runs recipes in this process. @throws whatever broke a simulation */
export const hereRunner: Runner = {
  name: "this process",
  async run(recipe, { traced = false } = {}) {
    const trial = await simulateRecipe(recipe, simulateTrial, traced ? { all: true } : { last: 0 });
    if (trial.broke !== undefined) throw trial.broke as Error;
    return { hash: trial.traceHash, kernelEvents: trial.kernelEvents, trace: trial.trace };
  },
};
