import type { FastifyInstance, FastifyRequest } from "fastify";

import { nearestNames } from "../../../core/mod.ts";
import type { GatewayContext } from "../gateway-context.ts";
import { HttpError } from "../http-error.ts";
import { idempotencyKey } from "../idempotency-key.ts";
import { traceOf } from "../job-id.ts";
import { requestDigest } from "../request-digest.ts";
import { submit, type JobRequest } from "../submission.ts";

const deadlineMsMax = 30 * 24 * 3_600_000;

const schema = {
  headers: { type: "object", properties: { "idempotency-key": idempotencyKey } },
  body: {
    type: "object",
    additionalProperties: false,
    properties: {
      topic: { type: "string" },
      payload: {},
      labels: {
        type: "object",
        maxProperties: 32,
        propertyNames: { maxLength: 64 },
        additionalProperties: { type: "string", maxLength: 256 },
      },
      deadline_ms: { type: "integer", minimum: 1, maximum: deadlineMsMax },
      idempotency_key: idempotencyKey,
    },
  },
};

/** The body of a submission, as {@link schema} lets it pass. */
interface SubmitBody {
  /** @defaultValue the first of CORDUM_TOPICS */
  readonly topic?: string;
  /** Any JSON value. @defaultValue null */
  readonly payload?: unknown;
  readonly labels?: Readonly<Record<string, string>>;
  /** The job ends as TIMEOUT when it takes longer than this. */
  readonly deadline_ms?: number;
  readonly idempotency_key?: string;
}

interface Submission {
  Body: SubmitBody;
  Headers: { "idempotency-key"?: string };
}

/** `POST /jobs`: 202 for a job that is stored; 200 for one that the same idempotency key had made before. */
export function submitJob(app: FastifyInstance, gateway: GatewayContext): void {
  app.post<Submission>("/jobs", { schema }, async (request, reply) => {
    const { id, state, replayed } = await submit(gateway, jobRequest(request, gateway.config.topics));
    if (replayed) reply.header("idempotent-replay", "true");
    reply.header("location", `/api/v1/jobs/${id}`).code(replayed ? 200 : 202);
    return { job_id: id, trace_id: traceOf(id), state };
  });
}

function jobRequest({ body, headers, client }: FastifyRequest<Submission>, topics: readonly string[]): JobRequest {
  const topic = knownTopic(body.topic, topics);
  const { payload = null, labels = {}, deadline_ms: deadlineMs } = body;
  const key = headers["idempotency-key"] ?? body.idempotency_key;
  return notTooDeep(() => ({
    ...{ tenant: client.tenant, topic, payload: JSON.stringify(payload), labels, deadlineMs },
    idempotency: key === undefined ? undefined : { key, digest: requestDigest([topic, payload, labels, deadlineMs]) },
  }));
}

function knownTopic(wanted: string | undefined, topics: readonly string[]): string {
  const topic = wanted ?? topics[0] ?? "";
  if (topics.includes(topic)) return topic;
  const nearest = nearestNames(topic.slice(0, 128), topics);
  throw new HttpError({
    status: 400,
    code: "unknown_topic",
    message: `There is no topic "${topic.slice(0, 128)}"`,
    hint: nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : "topics are listed in CORDUM_TOPICS",
  });
}

/** JSON.parse accepts deeper nesting than JSON.stringify can follow, here and in whoever reads the job later. */
function notTooDeep<Value>(write: () => Value): Value {
  try {
    return write();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new HttpError({
      status: 400,
      code: "payload_too_deep",
      message: "The payload is nested too deeply",
      hint: "flatten it to less than a thousand levels",
    });
  }
}
