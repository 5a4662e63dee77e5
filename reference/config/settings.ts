import type { Duration, Role } from "../../core/mod.ts";

/** One environment variable. */
export interface Setting {
  readonly env: string;
  readonly type: "duration" | "integer" | "flag" | "text" | "list";
  readonly default: string;
  readonly doc: string;
  readonly roles: readonly Role[];
  /** Shortened by the tuning `fast`. */
  readonly scaled?: true;
}

const all = ["gateway", "scheduler", "worker"] as const;
const durationOf = (value: Duration): Duration => value;

/**
 * Every environment variable of the plane, with its default, unit and meaning. Durations are written like `30s`.
 *
 * Defaults are the seed's documented values; where it has none, or an unsafe one, the doc says so.
 */
export const settings = {
  instance: {
    env: "CORDUM_INSTANCE_ID",
    type: "text",
    default: "",
    doc: "This replica's name: label `pod` of its metrics. Empty: the host name.",
    roles: all,
  },
  redisUrl: { env: "REDIS_URL", type: "text", default: "redis://127.0.0.1:6379", doc: "Redis server.", roles: all },
  redisPoolSize: {
    env: "REDIS_POOL_SIZE",
    type: "integer",
    default: "20",
    doc: "Most Redis connections of one replica.",
    roles: all,
  },
  redisMinIdle: {
    env: "REDIS_MIN_IDLE_CONNS",
    type: "integer",
    default: "5",
    doc: "Redis connections kept open when idle.",
    roles: all,
  },
  redisCommandTimeoutMs: {
    env: "REDIS_COMMAND_TIMEOUT",
    type: "duration",
    default: durationOf("2s"),
    doc: "A Redis command without an answer by then has an unknown outcome.",
    roles: all,
  },
  natsUrl: {
    env: "NATS_URL",
    type: "text",
    default: "nats://127.0.0.1:4222",
    doc: "NATS server with JetStream.",
    roles: all,
  },
  natsAckWaitMs: {
    env: "NATS_JS_ACK_WAIT",
    type: "duration",
    default: durationOf("30s"),
    doc: "A message that nobody works on is delivered again after this long. The seed's code has 10m, since it never says that it is still working; this plane does, at a third of it.",
    roles: all,
    scaled: true,
  },
  natsMaxAgeMs: {
    env: "NATS_JS_MAX_AGE",
    type: "duration",
    default: durationOf("168h"),
    doc: "How long the streams keep a message.",
    roles: all,
  },
  natsReplicas: { env: "NATS_JS_REPLICAS", type: "integer", default: "1", doc: "Replicas of each stream.", roles: all },
  natsMaxAckPending: {
    env: "NATS_MAX_ACK_PENDING",
    type: "integer",
    default: "2048",
    doc: "Most unacknowledged messages of one consumer.",
    roles: all,
  },
  natsPublishTimeoutMs: {
    env: "NATS_PUBLISH_TIMEOUT",
    type: "duration",
    default: durationOf("2s"),
    doc: "A publish without a receipt by then has an unknown outcome.",
    roles: all,
  },
  httpHost: {
    env: "HTTP_HOST",
    type: "text",
    default: "127.0.0.1",
    doc: "Address that HTTP servers bind to.",
    roles: all,
  },
  httpPort: {
    env: "HTTP_PORT",
    type: "integer",
    default: "8081",
    doc: "Port of the API (gateway), or of health and metrics (other roles). 0: any free one.",
    roles: all,
  },
  shutdownTimeoutMs: {
    env: "SHUTDOWN_TIMEOUT",
    type: "duration",
    default: durationOf("15s"),
    doc: "Budget of a graceful shutdown.",
    roles: all,
  },
  logLevel: { env: "LOG_LEVEL", type: "text", default: "info", doc: "debug, info, warn, error or silent.", roles: all },

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
  jobMetaTtlMs: {
    env: "JOB_META_TTL",
    type: "duration",
    default: durationOf("168h"),
    doc: "How long a finished job is remembered.",
    roles: all,
  },

  jobLockTtlMs: {
    env: "SCHEDULER_JOB_LOCK_TTL",
    type: "duration",
    default: durationOf("30s"),
    doc: "TTL of a job's lock; renewed at a third of it.",
    roles: ["scheduler"],
    scaled: true,
  },
  reconcilerPollMs: {
    env: "SCHEDULER_RECONCILER_POLL",
    type: "duration",
    default: durationOf("30s"),
    doc: "Between two rounds of the reconciler. Its lease lives twice as long.",
    roles: ["scheduler"],
    scaled: true,
  },
  replayerPollMs: {
    env: "SCHEDULER_REPLAYER_POLL",
    type: "duration",
    default: durationOf("30s"),
    doc: "Between two rounds of the pending replayer. Its lease lives twice as long.",
    roles: ["scheduler"],
    scaled: true,
  },
  replayAfterMs: {
    env: "SCHEDULER_REPLAY_AFTER",
    type: "duration",
    default: durationOf("30s"),
    doc: "A job that is still PENDING after this long is taken up by the replayer: nobody can hold its lock any more.",
    roles: ["scheduler"],
    scaled: true,
  },
  outboxSweepAfterMs: {
    env: "SCHEDULER_OUTBOX_SWEEP_AFTER",
    type: "duration",
    default: durationOf("10s"),
    doc: "A stored intent that is still undelivered after this long is delivered by the sweep, which the reconciler's leader makes.",
    roles: ["scheduler"],
    scaled: true,
  },
  dispatchTimeoutMs: {
    env: "SCHEDULER_DISPATCH_TIMEOUT",
    type: "duration",
    default: durationOf("300s"),
    doc: "A job that no worker has claimed by then ends as TIMEOUT.",
    roles: ["scheduler"],
    scaled: true,
  },
  runningTimeoutMs: {
    env: "SCHEDULER_RUNNING_TIMEOUT",
    type: "duration",
    default: durationOf("900s"),
    doc: "A job that runs for longer ends as TIMEOUT.",
    roles: ["scheduler"],
    scaled: true,
  },
  retryBackoffMs: {
    env: "SCHEDULER_RETRY_BACKOFF",
    type: "duration",
    default: durationOf("1s"),
    doc: "Before the first retry; doubles with each attempt, up to 30 times of it.",
    roles: ["scheduler"],
    scaled: true,
  },
  maxAttempts: {
    env: "SCHEDULER_MAX_ATTEMPTS",
    type: "integer",
    default: "50",
    doc: "Attempts after which a job ends as FAILED.",
    roles: ["scheduler"],
  },
  schedulerConcurrency: {
    env: "SCHEDULER_CONCURRENCY",
    type: "integer",
    default: "64",
    doc: "Messages of one subject handled at once.",
    roles: ["scheduler"],
  },
  snapshotIntervalMs: {
    env: "WORKER_SNAPSHOT_INTERVAL",
    type: "duration",
    default: durationOf("5s"),
    doc: "Between two writes of the worker snapshot.",
    roles: ["scheduler"],
    scaled: true,
  },
  snapshotLeaseMs: {
    env: "WORKER_SNAPSHOT_LEASE",
    type: "duration",
    default: durationOf("30s"),
    doc: "TTL of the snapshot writer's lease.",
    roles: ["scheduler"],
    scaled: true,
  },
  workerTtlMs: {
    env: "WORKER_TTL",
    type: "duration",
    default: durationOf("30s"),
    doc: "A worker that has been silent for this long is dead.",
    roles: ["gateway", "scheduler"],
    scaled: true,
  },
  dlqTtlMs: {
    env: "CORDUM_DLQ_ENTRY_TTL",
    type: "duration",
    default: durationOf("720h"),
    doc: "How long a dead letter is kept.",
    roles: ["gateway", "scheduler"],
  },
  dlqMaxSize: {
    env: "SCHEDULER_DLQ_MAX_SIZE",
    type: "integer",
    default: "10000",
    doc: "Most dead letters kept.",
    roles: ["gateway", "scheduler"],
  },

  heartbeatMs: {
    env: "WORKER_HEARTBEAT_INTERVAL",
    type: "duration",
    default: durationOf("5s"),
    doc: "Between two heartbeats of a worker.",
    roles: ["worker"],
    scaled: true,
  },
  workerTopics: {
    env: "WORKER_TOPICS",
    type: "list",
    default: "job.default",
    doc: "Topics that the worker serves.",
    roles: ["worker"],
  },
  workerConcurrency: {
    env: "WORKER_MAX_PARALLEL_JOBS",
    type: "integer",
    default: "16",
    doc: "Jobs that a worker runs at once.",
    roles: ["worker"],
  },
} as const satisfies Record<string, Setting>;
