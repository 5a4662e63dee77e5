import { runFaultPlan } from "../../chaos/mod.ts";
import type { TrialWorld } from "../../core/mod.ts";
import type { LoadReport } from "../../loadgen/mod.ts";
import type { TrialParts } from "./trial-parts.ts";

/** Sends the loads of a trial while its faults strike, and heals everything. */
export async function loadAndBreak(trial: TrialParts, world: TrialWorld): Promise<LoadReport> {
  const { plan, context, clock, witness } = trial;
  const faults = runFaultPlan(plan.scenario.faults, { world, clock, witness, signal: context.signal });
  try {
    const [load] = await Promise.all([send(trial, world), faults.done]);
    witness.record({ kind: "phase", phase: "load-end" });
    return load;
  } finally {
    if (!context.signal.aborted) await faults.healAll();
    witness.record({ kind: "phase", phase: "healed" });
  }
}

function send(trial: TrialParts, world: TrialWorld): Promise<LoadReport> {
  const { plan, context, clock, random, witness, keys, nextOperation } = trial;
  return trial.sendLoads(plan.scenario.load, {
    gateways: world.gateways(),
    openHttp: world.openHttp,
    apiKey: (client) => keys.keyOf(client),
    clock,
    random: random.fork("load"),
    witness,
    busUrl: world.natsUrl,
    signal: context.signal,
    nextId: nextOperation,
    progress: (line) => context.progress.live(line),
  });
}
