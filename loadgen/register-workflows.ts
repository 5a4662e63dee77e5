import { EnvironmentError, UsageError, type Clock, type OpenHttp, type Witness } from "../core/mod.ts";
import { httpClient } from "./http-client.ts";
import type { Load } from "./load.ts";
import { requestOutcome, type OperationOutcome } from "./outcome.ts";
import { workflowPath, type WorkflowSample } from "./workflow-sample.ts";

/** Where workflows are registered, and who writes that down. */
export interface RegisterOptions {
  readonly gateways: readonly { readonly id: string; readonly url: string }[];
  /** The API key of a client. */
  readonly apiKey: (client: string) => string;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly signal?: AbortSignal;
  /** How servers are reached. @defaultValue over real sockets */
  readonly openHttp?: OpenHttp | undefined;
}

const triesMax = 5;
const retryDelayMs = 200;
const timeoutMs = 5_000;

/**
 * Registers the workflow of each load that has one, for the load's client, and writes down what its steps promise.
 *
 * @throws UsageError for a workflow that the plane does not take; EnvironmentError `workflow_not_registered` when no
 *   gateway answers for it
 */
export async function registerWorkflows(loads: readonly Load[], options: RegisterOptions): Promise<void> {
  for (const { workflow, client = "load" } of loads) {
    if (!workflow) continue;
    await register(workflow, client, options);
    options.witness.record({ kind: "workflow", workflow: workflow.document.id, steps: workflow.facts });
  }
}

/** A PUT may be repeated, so each gateway is asked in turn until one has taken it. */
async function register({ document }: WorkflowSample, client: string, options: RegisterOptions): Promise<void> {
  let outcome: OperationOutcome | undefined;
  for (let round = 0; round < triesMax && !options.signal?.aborted; round++) {
    if (round > 0) await options.clock.sleep(retryDelayMs, options.signal);
    outcome = await put(document, client, options.gateways[round % options.gateways.length]?.url ?? "", options);
    if (outcome.outcome === "ok") return;
    if (outcome.outcome === "error" && outcome.status !== undefined && outcome.status < 500) break;
  }
  throw notRegistered(document.id, outcome);
}

async function put(
  document: WorkflowSample["document"],
  client: string,
  url: string,
  { clock, apiKey, signal, openHttp = httpClient }: RegisterOptions,
): Promise<OperationOutcome> {
  const http = openHttp(url, { clock, connectionsMax: 1, signal });
  const headers = { "content-type": "application/json", "x-api-key": apiKey(client) };
  const [path, body] = [workflowPath(document.id), JSON.stringify(document)];
  try {
    return requestOutcome(await http.request({ method: "PUT", path, headers, body, timeoutMs }));
  } finally {
    await http.close();
  }
}

function notRegistered(id: string, outcome: OperationOutcome | undefined): Error {
  const because = outcome?.error ?? "the run was ended";
  return outcome?.status !== undefined && outcome.status < 500
    ? new UsageError(`The plane does not take the workflow "${id}": ${because}`, "the scenario's definition is wrong")
    : new EnvironmentError(
        "workflow_not_registered",
        `No gateway registers the workflow "${id}": ${because}`,
        "see the gateways' logs in the run folder",
      );
}
