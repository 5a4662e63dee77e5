/** What travels on the bus: one JSON object with an envelope, after the seed's BusPacket. */
export interface Packet<Kind extends keyof Payloads = keyof Payloads> {
  readonly protocol_version: 1;
  readonly kind: Kind;
  readonly trace_id: string;
  readonly sender_id: string;
  readonly payload: Payloads[Kind];
}

/** Each kind of packet and its payload. */
export interface Payloads {
  /** `request` is there when no gateway has stored the job: the message itself is the request then. */
  submit: { readonly job_id: string; readonly request?: BusRequest };
  dispatch: { readonly job_id: string; readonly epoch: number; readonly topic: string };
  result: JobResult;
  cancel: {
    readonly job_id: string;
    readonly worker_id?: string;
    readonly reason: string;
    readonly requested_by: string;
  };
  heartbeat: Heartbeat;
  "run-command": RunCommand;
  "run-event": RunNotice;
}

/** Something has happened to a workflow run. */
export interface RunNotice {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly tenant: string;
  /** After it. */
  readonly state: string;
}

/** A whole job, as a service publishes it to the bus. */
export interface BusRequest {
  readonly topic: string;
  readonly tenant: string;
  /** JSON text. */
  readonly payload: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a client wants of a workflow run. */
export interface RunCommand {
  readonly run_id: string;
  readonly command: "start" | "approve" | "reject" | "cancel";
  /** For approve and reject. */
  readonly step?: string;
  /** Who wants it. */
  readonly requested_by: string;
}

/** A worker's account of one attempt. */
export interface JobResult {
  readonly job_id: string;
  readonly epoch: number;
  readonly worker_id: string;
  readonly session: string;
  readonly status: "SUCCEEDED" | "FAILED" | "FAILED_RETRYABLE" | "CANCELLED";
  /** JSON text, at most 512 KiB. */
  readonly result?: string;
  readonly error_code?: string;
  readonly error_message?: string;
  readonly execution_ms: number;
}

/** A worker says that it lives, every few seconds and when it starts (on the handshake subject) or leaves. */
export interface Heartbeat {
  readonly worker_id: string;
  readonly session: string;
  readonly topics: readonly string[];
  readonly active_jobs: number;
  readonly max_parallel_jobs: number;
  /** The worker takes no more work: it is shutting down. */
  readonly leaving?: boolean;
}

/** The text of a packet. */
export function encodePacket<Kind extends keyof Payloads>(
  kind: Kind,
  sender: string,
  trace: string,
  payload: Payloads[Kind],
): string {
  return JSON.stringify({ protocol_version: 1, kind, trace_id: trace, sender_id: sender, payload });
}

/** The packet in a text, or nothing when it is not one of this kind with every required field. */
export function decodePacket<Kind extends keyof Payloads>(kind: Kind, text: string): Packet<Kind> | undefined {
  const packet = parseObject(text);
  if (packet?.["protocol_version"] !== 1 || packet["kind"] !== kind) return undefined;
  const payload = packet["payload"];
  if (typeof payload !== "object" || payload === null) return undefined;
  const complete = Object.entries(requiredFields[kind]).every(
    ([field, type]) => fieldType((payload as Record<string, unknown>)[field]) === type,
  );
  return complete ? (packet as unknown as Packet<Kind>) : undefined;
}

const requiredFields: Record<keyof Payloads, Record<string, "string" | "number" | "array">> = {
  submit: { job_id: "string" },
  dispatch: { job_id: "string", epoch: "number", topic: "string" },
  result: {
    job_id: "string",
    epoch: "number",
    worker_id: "string",
    session: "string",
    status: "string",
    execution_ms: "number",
  },
  cancel: { job_id: "string", reason: "string", requested_by: "string" },
  heartbeat: {
    worker_id: "string",
    session: "string",
    topics: "array",
    active_jobs: "number",
    max_parallel_jobs: "number",
  },
  "run-command": { run_id: "string", command: "string", requested_by: "string" },
  "run-event": { run_id: "string", workflow_id: "string", tenant: "string", state: "string" },
};

function fieldType(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
