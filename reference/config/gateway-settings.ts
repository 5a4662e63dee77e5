import { durationOf, type Setting } from "./setting.ts";

/** What gateways read. */
export const gatewaySettings = {
  apiKeys: {
    env: "CORDUM_API_KEYS",
    type: "list",
    default: "",
    doc: "Accepted API keys: `key:tenant` or `key:tenant:limit per second`, separated by commas. Without any, every request is refused.",
    roles: ["gateway"],
  },
  rateLimitShared: {
    env: "REDIS_RATE_LIMIT",
    type: "flag",
    default: "true",
    doc: "Count requests in Redis, over all gateways. Otherwise each gateway counts for itself.",
    roles: ["gateway"],
  },
  rateLimitRps: {
    env: "API_RATE_LIMIT_RPS",
    type: "integer",
    default: "2000",
    doc: "Requests a second for one tenant, over all gateways.",
    roles: ["gateway"],
  },
  gatewayReplicas: {
    env: "API_GATEWAY_REPLICAS",
    type: "integer",
    default: "1",
    doc: "How many gateways share the limit when Redis is away: each then admits limit / replicas.",
    roles: ["gateway"],
  },
  rateLimitTimeoutMs: {
    env: "REDIS_RATE_LIMIT_TIMEOUT",
    type: "duration",
    default: durationOf("200ms"),
    doc: "How long the limiter waits for Redis before it decides by itself.",
    roles: ["gateway"],
  },
  maxPayloadBytes: {
    env: "GATEWAY_MAX_JOB_PAYLOAD_BYTES",
    type: "integer",
    default: "2097152",
    doc: "Largest request body.",
    roles: ["gateway"],
  },
  topics: {
    env: "CORDUM_TOPICS",
    type: "list",
    default: "job.default",
    doc: "Topics that jobs may be submitted to.",
    roles: ["gateway"],
  },
  idempotencyTtlMs: {
    env: "CORDUM_IDEMPOTENCY_TTL",
    type: "duration",
    default: durationOf("2160h"),
    doc: "How long an idempotency key is remembered (90 days).",
    roles: ["gateway"],
  },
} as const satisfies Record<string, Setting>;
