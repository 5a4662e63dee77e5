import type { GeneratorHealth, TrialWorld } from "../../core/mod.ts";
import { loadAndBreak } from "./load-and-break.ts";
import { startProbes } from "./probes.ts";
import { settle } from "./settle.ts";
import type { TrialParts } from "./trial-parts.ts";
import { openWorkflows } from "./workflows.ts";

/**
 * What happens in a world between its beginning and its end: the plane is loaded and broken, everything is healed, and
 * the plane gets the time to finish what it accepted, and is asked about it.
 *
 * @returns whether the load generator kept its own schedule
 */
export async function carryOut(trial: TrialParts, world: TrialWorld): Promise<GeneratorHealth> {
  const { witness, context } = trial;
  await using probes = startProbes(trial, world);
  await using approver = await openWorkflows(trial, world);
  witness.record({ kind: "phase", phase: "load" });
  const load = await loadAndBreak(trial, world);
  context.signal.throwIfAborted();
  await settle(trial, world, load);
  await approver.stop();
  await probes.finish();
  witness.record({ kind: "phase", phase: "end" });
  return load.health;
}
