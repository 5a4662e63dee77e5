import type { SimulatedTrial } from "../../simulate/simulated-trial.ts";
import type { Candidate } from "../shrink/reduction.ts";
import type { Shrunk } from "../shrink/shrink.ts";
import { divergenceOf, type Divergence } from "./divergence.ts";

/** The nearest of the passing runs that were looked at, and where it and the failing one part. */
export interface NearestPassing extends Divergence {
  /** In what it differs: `without kill scheduler.leader`. */
  readonly change: string;
  /** How many runs that pass were compared. */
  readonly lookedAt: number;
  /** It differs so from the run that was the smallest so many steps earlier; 0: from the smallest. */
  readonly stepsBack: number;
}

/** Of the runs that pass, so many of the first and of the last are looked at: each costs a run with its whole trace. */
const lookedAtEach = 3;

/**
 * Compares the failing run with those that differ from it in a single change and pass, or, when there is none, with
 * those of a step before it. Nothing, when none was found at all.
 *
 * @param failing - the smallest, with its whole trace
 * @param simulate - gives a run with its whole trace; nothing when it is to be left
 */
export async function nearestPassing(
  failing: SimulatedTrial,
  { passing, stepsBack }: Pick<Shrunk, "passing" | "stepsBack">,
  simulate: (candidate: Candidate) => Promise<SimulatedTrial | undefined>,
): Promise<NearestPassing | undefined> {
  let nearest: (Divergence & Pick<NearestPassing, "change">) | undefined;
  let lookedAt = 0;
  for (const candidate of someOf(passing)) {
    const trial = await simulate(candidate);
    if (!trial) continue;
    lookedAt += 1;
    const divergence = divergenceOf(failing.trace, trial.trace);
    if (!divergence || divergence.sharedSteps <= (nearest?.sharedSteps ?? -1)) continue;
    nearest = { ...divergence, change: candidate.change };
  }
  return nearest && { ...nearest, lookedAt, stepsBack };
}

function someOf(passing: readonly Candidate[]): readonly Candidate[] {
  return passing.filter((_, index) => index < lookedAtEach || index >= passing.length - lookedAtEach);
}
