import { ms } from "../core/mod.ts";
import type { Load } from "./load.ts";
import { startOutcome } from "./outcome.ts";
import type { Send, SendContext } from "./send.ts";
import { workflowPath, type WorkflowSample } from "./workflow-sample.ts";

/** Sends one request that starts a run of the load's workflow, and writes down what became of it. */
export function runStarter(load: Load, { document, input }: WorkflowSample, context: SendContext): Send {
  const { clock, witness, tally } = context;
  const client = load.client ?? "load";
  const headers = { "content-type": "application/json", "x-api-key": context.apiKey(client) };
  const path = `${workflowPath(document.id)}/runs`;
  const timeoutMs = ms(load.timeout ?? "5s");
  return async (gateway, intendedAt, key) => {
    const named = key === undefined ? {} : { idempotencyKey: key };
    const body = JSON.stringify({ input, ...(key === undefined ? {} : { idempotency_key: key }) });
    const sentAt = clock.now();
    const result = await gateway.client.request({ method: "POST", path, headers, body, timeoutMs });
    const outcome = startOutcome(result);
    const operation = { id: context.nextId(), load: load.name, via: gateway.id, client, intendedAt, sentAt };
    witness.record({ kind: "op", op: "start-run", workflow: document.id, ...operation, ...named, ...outcome });
    tally.started(outcome, { workflow: document.id, client });
    return outcome;
  };
}
