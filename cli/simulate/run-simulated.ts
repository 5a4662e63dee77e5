import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { simulatedVersions } from "../../worlds/sim/mod.ts";
import { outcomeOf } from "../run/judge.ts";
import type { TrialOutcome } from "../run/outcome.ts";
import { machine, type TrialPlan } from "../run/plan.ts";
import { makeRunFolder } from "../run/run-folder.ts";
import type { TrialContext } from "../run/trial-parts.ts";
import { recordOf } from "../run/verdicts.ts";
import { simulateTrial } from "./simulate-trial.ts";

/**
 * Runs a scenario in virtual time, and leaves the same folder as a run in any other world.
 *
 * @throws whatever broke the simulation itself; its history is in the folder then.
 */
export async function runSimulated(plan: TrialPlan, context: TrialContext): Promise<TrialOutcome> {
  const folder = makeRunFolder(context.out, plan.name, new Date());
  const startedAtUnixMs = Date.now();
  context.progress.step(`${plan.name}: ${plan.scenario.title}`);
  const trial = await simulateTrial(plan, { signal: context.signal, progress: context.progress });
  const { history, generator, traceHash } = trial;
  const lines = trial.events.map((event) => `${JSON.stringify(event)}\n`);
  writeFileSync(join(folder, "history.jsonl"), lines.join(""));
  if (trial.broke !== undefined) throw trial.broke as Error;
  const facts = { plan, startedAtUnixMs, generator, machine: machine(simulatedVersions) };
  const record = { ...recordOf(facts, history), traceHash };
  writeFileSync(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  return outcomeOf({ record, history }, folder);
}
