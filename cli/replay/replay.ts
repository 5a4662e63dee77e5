import { SeatrialError } from "../../core/mod.ts";
import { simulateRecipe, type Simulate } from "../campaign/seed-report.ts";
import type { SimulatedTrial } from "../simulate/simulated-trial.ts";
import { version } from "../version.ts";
import type { ReplayFile } from "./replay-file.ts";

/**
 * Does a run again, with its whole trace.
 *
 * @throws SeatrialError `replay_differs` when it was another run than the first time; and whatever broke it
 */
export async function replay(file: ReplayFile, simulate: Simulate, signal: AbortSignal): Promise<SimulatedTrial> {
  const trial = await simulateRecipe(file.recipe, simulate, { all: true }, signal);
  if (trial.traceHash !== file.traceHash) throw differs(file, trial.traceHash);
  if (trial.broke !== undefined) throw trial.broke as Error;
  return trial;
}

function differs({ seatrial, traceHash, recipe }: ReplayFile, found: string): SeatrialError {
  const { scenario, seed } = recipe;
  const same = seatrial === version;
  return new SeatrialError(
    "replay_differs",
    `${scenario} with seed ${seed} is not the same run: its trace is ${found} (Seatrial ${version}), and was ${traceHash} (Seatrial ${seatrial})`,
    {
      hint: same
        ? "the code has changed since, or something in it is not deterministic: run the campaign again"
        : "another version made it: replay it with that one, or run the campaign again",
    },
  );
}
