import { simulateTrial } from "../../../cli/simulate/simulate-trial.ts";
import type { Numbers } from "../result.ts";
import { smallTrial } from "./small-trial.ts";
import { rates, timed } from "./stopwatch.ts";

/** What became of some seeds. */
interface Tally {
  events: number;
  virtualSeconds: number;
  inconclusive: number;
}

/**
 * Seeds of the small trial, one after the other, in this process.
 *
 * @throws Error for a seed that failed, or broke the simulation: it would measure something else.
 */
export async function smallTrials(first: number, seeds: number, signal?: AbortSignal): Promise<Numbers> {
  const tally: Tally = { events: 0, virtualSeconds: 0, inconclusive: 0 };
  const taken = await timed(async () => {
    for (let seed = first; seed < first + seeds; seed++) await addSeed(`${seed}`, tally, signal);
  });
  return {
    seeds,
    ...rates("seeds", seeds, taken),
    eventsPerSeed: tally.events / seeds,
    virtualSecondsPerSeed: tally.virtualSeconds / seeds,
    inconclusive: tally.inconclusive,
  };
}

async function addSeed(seed: string, tally: Tally, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const trial = await simulateTrial(smallTrial(seed));
  if (trial.broke !== undefined) throw new Error(`seed ${seed} broke the simulation`, { cause: trial.broke });
  if (trial.status === "failed") throw new Error(`seed ${seed} failed: ${summaryOf(trial.verdicts)}`);
  tally.events += trial.kernelEvents;
  tally.virtualSeconds += trial.virtualMs / 1_000;
  if (trial.status !== "passed") tally.inconclusive += 1;
}

function summaryOf(verdicts: readonly { readonly status: string; readonly summary: string }[]): string {
  return verdicts.find(({ status }) => status === "fail")?.summary ?? "";
}
