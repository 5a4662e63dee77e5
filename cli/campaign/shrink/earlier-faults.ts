import { readableMs } from "../../../core/mod.ts";
import type { PlannedFaultData } from "../../recipe/recipe.ts";
import { faultName, twoDigits, withFault, type Candidate, type Reduction } from "./reduction.ts";

const roundTimesMs = [10_000, 1_000, 100];

/** Lets faults strike earlier, at rounder times, and traps spring at an earlier call. */
export const earlierFaults: Reduction = function* (recipe): Generator<Candidate> {
  for (const [index, fault] of recipe.faults.entries()) {
    for (const atMs of earlierTimes(fault.atMs)) {
      const change = `${faultName(fault)} at ${readableMs(atMs)} instead of ${readableMs(fault.atMs)}`;
      yield { recipe: withFault(recipe, index, { ...fault, atMs }), change };
    }
    for (const nth of earlierCalls(fault)) {
      const sooner = { ...fault.fault, options: { ...fault.fault.options, nth } };
      const change = `${faultName(fault)} at call ${nth} instead of ${fault.fault.options?.["nth"]}`;
      yield { recipe: withFault(recipe, index, { ...fault, fault: sooner }), change };
    }
  }
};

/** At the beginning, at half the time, and rounded down. */
function earlierTimes(atMs: number): number[] {
  const rounded = roundTimesMs.map((round) => Math.floor(atMs / round) * round);
  const times = [0, twoDigits(atMs / 2), ...rounded].filter((time) => time < atMs);
  return [...new Set(times)];
}

function earlierCalls({ fault }: PlannedFaultData): number[] {
  const nth = fault.options?.["nth"];
  if (typeof nth !== "number" || nth <= 1) return [];
  return [...new Set([1, Math.ceil(nth / 2), nth - 1])].filter((call) => call < nth);
}
