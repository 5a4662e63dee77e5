import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";

import { listenError } from "../../core/mod.ts";
import type { Running } from "../running.ts";
import type { ReplayQuery } from "./dead-letter.ts";
import type { MessageBus } from "./message-bus.ts";
import type { BusMessage, Published, Refusal } from "./message.ts";
import type { PromBusMetrics } from "./prom-bus-metrics.ts";

/** How a bus is served. */
export interface BusHttpOptions {
  readonly bus: MessageBus;
  /** 0: any free one. On the loopback interface alone: there is no authentication. */
  readonly port: number;
  /** For `/metrics`; they must be those that the bus was built with. */
  readonly metrics?: PromBusMetrics;
}

const host = "127.0.0.1";
/** A payload of 1 MiB and what stands around it. The bus itself measures the payload to the byte. */
const bodyBytesMax = 1_048_576 + 65_536;

const name = { type: "string", maxLength: 256 };
const priority = { type: "number", minimum: -1e9, maximum: 1e9 };
const publishSchema = {
  ...objectOf({ topic: name, payload: {}, priority, idempotencyKey: name, client: name }),
  required: ["topic"],
};
const querySchema = objectOf({ topic: name, limit: { type: "string", pattern: "^[1-9]\\d{0,3}$" } });
const replaySchema = {
  ...objectOf({
    topic: name,
    limit: { type: "integer", minimum: 1, maximum: 9_999 },
    maxAgeMs: { type: "number", minimum: 0 },
  }),
  type: ["object", "null"],
};

/**
 * A bus over HTTP, so that its refusals are real ones: 429 with Retry-After, 413 and 503. Stopping it stops no bus.
 *
 * @throws EnvironmentError `port_in_use`
 */
export async function startBusHttp({ bus, port, metrics }: BusHttpOptions): Promise<Running> {
  const app = Fastify({
    ...{ logger: false, bodyLimit: bodyBytesMax, forceCloseConnections: true },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  app.setErrorHandler(answerError);
  publishing(app, bus);
  showing(app, bus, metrics);
  replaying(app, bus);
  try {
    return { url: await app.listen({ port, host }), stop: () => app.close() };
  } catch (thrown) {
    throw listenError(thrown, host, port);
  }
}

function publishing(app: FastifyInstance, bus: MessageBus): void {
  const schema = { body: publishSchema };
  app.post<{ Body: Omit<BusMessage, "payload"> & { payload?: unknown } }>("/messages", { schema }, (request, reply) =>
    answer(reply, bus.publish({ payload: null, ...request.body })),
  );
}

function showing(app: FastifyInstance, bus: MessageBus, metrics: PromBusMetrics | undefined): void {
  app.get("/stats", () => bus.stats());
  const schema = { querystring: querySchema };
  app.get<{ Querystring: { topic?: string; limit?: string } }>("/dead-letters", { schema }, ({ query }) => {
    const { limit, ...rest } = query;
    return { deadLetters: bus.deadLetters(limit === undefined ? rest : { ...rest, limit: Number(limit) }) };
  });
  if (!metrics) return;
  app.get("/metrics", async (_request, reply) => {
    reply.type("text/plain; version=0.0.4; charset=utf-8");
    return await metrics.expose(bus.stats());
  });
}

function replaying(app: FastifyInstance, bus: MessageBus): void {
  const schema = { body: replaySchema };
  app.post<{ Body: ReplayQuery | null }>("/dead-letters/replay", { schema }, (request) =>
    bus.replay(request.body ?? {}),
  );
}

/** 202 with the id; for a duplicate it is the first one's. */
function answer(reply: FastifyReply, published: Published): FastifyReply {
  if (published.accepted) {
    const { id, shard, duplicate } = published;
    return reply.code(202).send({ id, shard, duplicate });
  }
  const { status, reason, shard, retryAfterMs } = published;
  if (retryAfterMs !== undefined) reply.header("retry-after", Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  return reply.code(status).send({ error: { code: reason, message: said[reason], shard, retryAfterMs } });
}

/** What Fastify refuses: a body that is no JSON, too long, or not as the schema says. */
function answerError(error: FastifyError, _request: unknown, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500;
  const code = status === 413 ? "payload_too_large" : status < 500 ? "invalid_request" : "internal";
  return reply.code(status).send({ error: { code, message: error.message } });
}

const said: Readonly<Record<Refusal, string>> = {
  backpressure: "The shard of this topic is too full; it takes more once it is half empty",
  rate_limit: "The client has had its messages of this window",
  payload_too_large: "The payload is larger than the bus takes",
  name_too_long: "A topic, an idempotency key and a client have at most 256 characters",
  shard_paused: "An operator has paused the shard of this topic",
  bus_stopped: "The bus is shutting down",
};

function objectOf(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { type: "object", additionalProperties: false, properties };
}
