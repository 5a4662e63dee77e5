import { mkdirSync } from "node:fs";

import type { Recipe } from "../../recipe/recipe.ts";
import { writeReplayFile } from "../../replay/replay-file.ts";
import { leaveRun } from "../../simulate/leave-run.ts";
import type { SimulatedTrial } from "../../simulate/simulated-trial.ts";

/** A run folder, and the command that does its run again. */
export interface LeftReplay {
  readonly folder: string;
  readonly replay: string;
}

/** Leaves a simulated run in a folder of its own, with everything that it takes to do it again. */
export function leaveReplay(trial: SimulatedTrial, recipe: Recipe, folder: string): LeftReplay {
  mkdirSync(folder, { recursive: true });
  const replay = `npm run seatrial -- replay ${folder}`;
  leaveRun(trial, { folder, startedAtUnixMs: Date.now(), reproduce: replay });
  const failed = trial.verdicts.filter(({ status }) => status === "fail").map(({ check }) => check);
  writeReplayFile(folder, { recipe, traceHash: trial.traceHash, failed });
  return { folder, replay };
}
