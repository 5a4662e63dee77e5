import type { TrialWorld } from "../../core/mod.ts";
import { registerWorkflows, startApprover, type Approver } from "../../loadgen/mod.ts";
import type { TrialParts } from "./trial-parts.ts";

/** Registers the workflows of a trial's loads, and approves what waits in their runs until it is stopped. */
export async function openWorkflows(trial: TrialParts, world: TrialWorld): Promise<Approver> {
  const { plan, context, clock, witness, keys, nextOperation, approveEveryMs: everyMs } = trial;
  const { load } = plan.scenario;
  const options = {
    gateways: world.gateways(),
    openHttp: world.openHttp,
    apiKey: (client: string) => keys.keyOf(client),
    clock,
    witness,
    signal: context.signal,
  };
  await registerWorkflows(load, options);
  const clients = load.flatMap(({ workflow, client = "load" }) => (workflow ? [client] : []));
  const pace = everyMs === undefined ? {} : { everyMs };
  return startApprover({ ...options, ...pace, clients: [...new Set(clients)], nextId: nextOperation });
}
