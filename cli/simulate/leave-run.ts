import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { simulatedVersions } from "../../worlds/sim/mod.ts";
import { outcomeOf } from "../run/judge.ts";
import type { TrialOutcome } from "../run/outcome.ts";
import { machine } from "../run/plan.ts";
import { recordOf } from "../run/verdicts.ts";
import type { SimulatedTrial } from "./simulated-trial.ts";

/** What is known of a simulated run besides the trial itself. */
export interface LeftRun {
  readonly folder: string;
  readonly startedAtUnixMs: number;
  /** The command that does it again. @defaultValue `seatrial run` with the plan's choices */
  readonly reproduce?: string;
}

/**
 * Leaves a simulated run in a folder, as any other run is left: record, history, and every report.
 *
 * @throws whatever broke the simulation itself; its history is in the folder then.
 */
export function leaveRun(trial: SimulatedTrial, { folder, ...facts }: LeftRun): TrialOutcome {
  const { plan, history, generator, traceHash } = trial;
  const lines = trial.events.map((event) => `${JSON.stringify(event)}\n`);
  writeFileSync(join(folder, "history.jsonl"), lines.join(""));
  if (trial.broke !== undefined) throw trial.broke as Error;
  const known = { plan, generator, machine: machine(simulatedVersions), ...facts };
  const record = { ...recordOf(known, history), traceHash };
  writeFileSync(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  return outcomeOf({ record, history }, folder);
}
