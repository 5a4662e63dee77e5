import type { Recipe } from "../../recipe/recipe.ts";
import { runSeed, type Simulate } from "../seed-report.ts";
import type { WorkerAnswer } from "./worker-messages.ts";

/** Simulates whatever recipe the parent process sends, and answers with its report, until the parent is gone. */
export function serveRecipes(simulate: Simulate): void {
  // Ctrl-C goes to the whole group of processes; the parent decides what it means, and ends its workers.
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => undefined);
  process.on("disconnect", () => process.exit());
  process.on("message", (recipe: Recipe) => void answer(recipe, simulate));
  process.send?.("ready");
}

async function answer(recipe: Recipe, simulate: Simulate): Promise<void> {
  const report = await runSeed(recipe, simulate);
  const answered: WorkerAnswer = { report, rss: process.memoryUsage.rss() };
  process.send?.(answered);
}
