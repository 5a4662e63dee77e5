import type { Recipe } from "../../recipe/recipe.ts";
import { runSeed, type SeedReport, type Simulate } from "../seed-report.ts";

/** Runs recipes, several at a time. */
export interface Pool extends AsyncDisposable {
  /** How many recipes it runs at a time. */
  readonly jobs: number;
  /** Runs one, and always gives a report of it, unless the pool is closed meanwhile: then nothing. */
  run(recipe: Recipe): Promise<SeedReport | undefined>;
}

/** Runs recipes one after another in this process: for a single run, and for tests. */
export function poolInProcess(simulate: Simulate, signal?: AbortSignal): Pool {
  return {
    jobs: 1,
    async run(recipe) {
      if (signal?.aborted) return undefined;
      const report = await runSeed(recipe, simulate, signal);
      return signal?.aborted ? undefined : report;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/**
 * Runs recipes as the pool has room for them, and tells of each when it is done, in whatever order. Recipes are taken
 * only when they can begin, so that there may be any number of them.
 *
 * @param more - asked before each recipe; once it says no, what has begun is still finished
 */
export async function runAll(
  pool: Pool,
  recipes: Iterator<Recipe>,
  more: () => boolean,
  tell: (report: SeedReport) => void,
): Promise<void> {
  const lane = async (): Promise<void> => {
    while (more()) {
      const next = recipes.next();
      if (next.done) return;
      const report = await pool.run(next.value);
      if (!report) return;
      tell(report);
    }
  };
  await Promise.all(Array.from({ length: pool.jobs }, lane));
}
