import { rmdirSync } from "node:fs";

import type { TrialOutcome } from "../run/outcome.ts";
import type { TrialPlan } from "../run/plan.ts";
import { makeRunFolder } from "../run/run-folder.ts";
import type { TrialContext } from "../run/trial-parts.ts";
import { leaveRun } from "./leave-run.ts";
import { simulateTrial } from "./simulate-trial.ts";

/**
 * Runs a scenario in virtual time, and leaves the same folder as a run in any other world.
 *
 * @throws whatever broke the simulation itself; its history is in the folder then.
 */
export async function runSimulated(plan: TrialPlan, context: TrialContext): Promise<TrialOutcome> {
  const folder = makeRunFolder(context.out, plan.name, new Date());
  const startedAtUnixMs = Date.now();
  const { signal, progress } = context;
  progress.step(`${plan.name}: ${plan.scenario.title}`);
  const trial = await simulateTrial(plan, { signal, progress }).catch((thrown: unknown) => {
    // An interrupted simulation leaves nothing, and neither does one that could not begin.
    rmdirSync(folder);
    throw thrown;
  });
  return leaveRun(trial, { folder, startedAtUnixMs });
}
