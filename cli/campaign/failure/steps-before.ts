import type { TraceEntry } from "../../../sim/mod.ts";
import type { SimulatedTrial } from "../../simulate/simulated-trial.ts";

/** So many steps are shown. */
const stepsShown = 20;

/**
 * The steps that led up to a check's first counterexample; when that has no moment, up to the end of what is judged.
 * What comes later is the plane going down.
 *
 * @param trial - with its whole trace
 */
export function stepsBefore(trial: SimulatedTrial, check: string): readonly TraceEntry[] {
  const moment = momentOf(trial, check);
  const next = trial.trace.findIndex(({ at }) => at > moment);
  const end = next < 0 ? trial.trace.length : next;
  return trial.trace.slice(Math.max(0, end - stepsShown), end);
}

function momentOf({ verdicts, history }: SimulatedTrial, check: string): number {
  const [first] = verdicts.find((verdict) => verdict.check === check)?.counterexamples ?? [];
  return first?.at ?? history.phases.find(({ phase }) => phase === "end")?.at ?? Infinity;
}
