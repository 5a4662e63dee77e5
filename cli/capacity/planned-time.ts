import type { CapacityPlan } from "../../capacity/mod.ts";
import { refinements } from "./measure/sweep.ts";

/** Start, first look, the filling and emptying of the queues, and what windows take to settle, for one bus. */
const besidesMs = 8_000;

/** A saturation window without its warm-up. */
const saturationMs = 2_500;

/** About how long a plan takes, where no window has to be measured again and no sweep ends early. */
export function plannedMs({ measure, sweep, configurations }: CapacityPlan): number {
  const { utilisations, repeats, warmUpMs, lastingMs } = measure;
  const measuredMs = repeats * (utilisations.length * (warmUpMs + lastingMs) + warmUpMs + saturationMs);
  const sweptMs = (sweep.utilisations.length + refinements) * (warmUpMs + sweep.lastingMs);
  return configurations.length * (besidesMs + measuredMs + sweptMs);
}
