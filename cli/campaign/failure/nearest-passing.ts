import type { SimulatedTrial } from "../../simulate/simulated-trial.ts";
import type { Candidate } from "../shrink/reduction.ts";
import { divergenceOf, type Divergence } from "./divergence.ts";

/** The run that passes and has the longest beginning in common with the failing one, and where they part. */
export interface NearestPassing extends Divergence {
  /** In what it differs: `without kill scheduler.leader`. */
  readonly change: string;
}

/** Of the runs that pass, so many of the first and of the last are looked at: each costs a run with its whole trace. */
const lookedAtEach = 3;

/**
 * Compares the failing run with those that differ from it in a single change and pass.
 *
 * @param failing - with its whole trace
 * @param simulate - gives a run with its whole trace; nothing when it is to be left
 */
export async function nearestPassing(
  failing: SimulatedTrial,
  passing: readonly Candidate[],
  simulate: (candidate: Candidate) => Promise<SimulatedTrial | undefined>,
): Promise<NearestPassing | undefined> {
  let nearest: NearestPassing | undefined;
  for (const candidate of someOf(passing)) {
    const trial = await simulate(candidate);
    const divergence = trial && divergenceOf(failing.trace, trial.trace);
    if (!divergence || divergence.sharedSteps <= (nearest?.sharedSteps ?? -1)) continue;
    nearest = { ...divergence, change: candidate.change };
  }
  return nearest;
}

function someOf(passing: readonly Candidate[]): readonly Candidate[] {
  return passing.filter((_, index) => index < lookedAtEach || index >= passing.length - lookedAtEach);
}
