import { join } from "node:path";

import { openHistoryWriter, type Clock } from "../../core/mod.ts";
import type { Load, LoadReport, RunLoadsOptions } from "../../loadgen/mod.ts";
import { loadEngine } from "./load-engine.ts";
import type { TrialPlan } from "./plan.ts";

/** Where the run is written down. */
interface LoadContext {
  readonly plan: TrialPlan;
  readonly folder: string;
  readonly clock: Clock;
}

/**
 * Sends the loads of a trial by the engine of its plan. An engine outside of this process tells what it did when it
 * has ended, and so writes a file of its own: each witness's file is in order of time.
 */
export async function sendLoads(
  { plan, folder, clock }: LoadContext,
  loads: readonly Load[],
  options: RunLoadsOptions,
): Promise<LoadReport> {
  const engine = loadEngine(plan.engine);
  if (plan.engine === "open") return engine.run(loads, options);
  const witness = openHistoryWriter(join(folder, "witnesses", `load-${plan.engine}.jsonl`), "load", clock);
  try {
    return await engine.run(loads, { ...options, witness });
  } finally {
    witness.close();
  }
}
