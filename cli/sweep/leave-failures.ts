import { join } from "node:path";

import { leaveReplay } from "../campaign/failure/leave-replay.ts";
import { simulateRecipe } from "../campaign/seed-report.ts";
import type { CrashPoint } from "./crash-points.ts";
import type { Swept, SweepTools } from "./sweep.ts";

/** Of the points that failed, so many are left as run folders. */
const leftMax = 20;

/**
 * Runs the first points that failed once more, and leaves a folder of each.
 *
 * @returns the command that replays a point, if it was left
 */
export async function leaveFailures(
  { points }: Swept,
  folder: string,
  { simulate, signal }: Pick<SweepTools, "simulate" | "signal">,
): Promise<(point: CrashPoint) => string | undefined> {
  const replays = new Map<CrashPoint, string>();
  const failed = points.filter(({ report }) => report.outcome === "failed").slice(0, leftMax);
  for (const [index, { point, report }] of failed.entries()) {
    if (signal.aborted) break;
    const trial = await simulateRecipe(report.recipe, simulate, {}, signal);
    replays.set(point, leaveReplay(trial, report.recipe, join(folder, `point-${index + 1}`)).replay);
  }
  return (point) => replays.get(point);
}
