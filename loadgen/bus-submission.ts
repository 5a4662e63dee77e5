import { ms } from "../core/mod.ts";
import type { Load } from "./load.ts";

/** The message that submits a whole job over the bus, after the seed's BusPacket. */
export function busSubmission(load: Load, job: string): string {
  const payload = JSON.stringify({ workMs: ms(load.work ?? "0ms") });
  const request = { topic: load.topic ?? "job.default", tenant: load.client ?? "load", payload };
  return JSON.stringify({
    protocol_version: 1,
    kind: "submit",
    trace_id: job,
    sender_id: "load",
    payload: { job_id: job, request },
  });
}
