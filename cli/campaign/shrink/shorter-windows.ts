import { readableMs } from "../../../core/mod.ts";
import { faultName, twoDigits, withFault, type Candidate, type Reduction } from "./reduction.ts";

/** A window is not made shorter than this: it would be over before anything could meet it. */
const shortestMs = 10;

/** Heals faults earlier: after half the time, or three quarters of it. */
export const shorterWindows: Reduction = function* (recipe): Generator<Candidate> {
  for (const [index, fault] of recipe.faults.entries()) {
    const { healAfterMs } = fault;
    if (healAfterMs === undefined) continue;
    for (const share of [0.5, 0.75]) {
      const shorter = twoDigits(healAfterMs * share);
      if (shorter < shortestMs || shorter >= healAfterMs) continue;
      const change = `${faultName(fault)} healed after ${readableMs(shorter)} instead of ${readableMs(healAfterMs)}`;
      yield { recipe: withFault(recipe, index, { ...fault, healAfterMs: shorter }), change };
    }
  }
};
