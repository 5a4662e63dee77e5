import { SeatrialError } from "../../core/mod.ts";
import { simulateRecipe, type Simulate } from "../campaign/seed-report.ts";
import type { SimulatedTrial } from "../simulate/simulated-trial.ts";
import type { ReplayFile } from "./replay-file.ts";

/**
 * Does a run again, with its whole trace.
 *
 * @throws whatever broke it, such as a UsageError for a call that there is not; SeatrialError `replay_differs` when it
 *   was another run than the first time
 */
export async function replay(file: ReplayFile, simulate: Simulate, signal: AbortSignal): Promise<SimulatedTrial> {
  const trial = await simulateRecipe(file.recipe, simulate, { all: true }, signal);
  if (trial.broke !== undefined) throw trial.broke as Error;
  if (trial.traceHash !== file.traceHash) throw differs(file, trial);
  return trial;
}

/** How the checks that fail now differ from those that failed when the file was made, if they do. */
export function otherChecks({ failed }: Pick<ReplayFile, "failed">, trial: SimulatedTrial): string | undefined {
  const now = trial.verdicts.filter(({ status }) => status === "fail").map(({ check }) => check);
  const isSame = now.length === failed.length && failed.every((check) => now.includes(check));
  return isSame ? undefined : `When the file was made, ${listed(failed)} failed; now ${listed(now)} did.`;
}

function listed(checks: readonly string[]): string {
  return checks.length === 0 ? "no check" : checks.map((check) => `"${check}"`).join(", ");
}

function differs(file: ReplayFile, trial: SimulatedTrial): SeatrialError {
  const { scenario, seed } = file.recipe;
  const other = otherChecks(file, trial);
  const traces = `its trace is ${trial.traceHash}, and was ${file.traceHash}`;
  return new SeatrialError(
    "replay_differs",
    `${scenario} with seed ${seed} is not the same run: ${traces}${other === undefined ? "" : `. ${other}`}`,
    { hint: "the code has changed since, or something in it is not deterministic: run the campaign again" },
  );
}
