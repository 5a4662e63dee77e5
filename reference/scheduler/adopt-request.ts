import type { BusRequest, Payloads } from "../domain/packets.ts";
import { isTopic } from "../domain/subjects.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

const longestTenant = 128;

/** Whether a submit message makes sense: one that carries a whole request must carry one that a gateway would take. */
export function isAcceptable({ request }: Payloads["submit"]): boolean {
  return request === undefined || isRequest(request);
}

/** Texts, of a length that makes sense; the bus bounds the payload. */
function isRequest({ topic, tenant, payload }: Partial<BusRequest>): boolean {
  const isTenant = typeof tenant === "string" && tenant.length > 0 && tenant.length <= longestTenant;
  return isTenant && typeof topic === "string" && isTopic(topic) && typeof payload === "string" && isJson(payload);
}

/**
 * Stores a job whose request came over the bus itself, from a service that has no gateway in between. The message's
 * delivery is what is promised to its sender, so it is acknowledged only afterwards; a second delivery finds the job.
 */
export async function adopt({ env }: SchedulerContext, id: string, request: BusRequest): Promise<void> {
  const { topic, tenant, payload, labels = {} } = request;
  await env.jobs.create({ id, topic, tenant, payload, labels, traceId: id, submittedBy: env.instance }, []);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Whoever asks says what becomes of the message.
    return false;
  }
}
