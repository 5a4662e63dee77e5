import type { MetricDefinition } from "../ports/mod.ts";

const ageBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];
const latencyBuckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** Every metric of the bus. The first seven have the seed's names; durations are in seconds. */
export const busMetricTable = {
  queueSize: {
    name: "message_bus_queue_size",
    type: "gauge",
    help: "Messages in a queue.",
    labels: ["shard", "queue"],
  },
  messageAge: {
    name: "message_bus_message_age",
    type: "histogram",
    help: "From a message's acceptance to the start of an attempt, in seconds.",
    labels: ["shard"],
    buckets: ageBuckets,
  },
  dispatchDuration: {
    name: "message_bus_dispatch_duration",
    type: "histogram",
    help: "One attempt: how long it kept its worker, in seconds.",
    labels: ["shard"],
    buckets: latencyBuckets,
  },
  topicThroughput: {
    name: "message_bus_topic_throughput",
    type: "counter",
    help: "Messages delivered.",
    labels: ["topic"],
  },
  callbackLatency: {
    name: "message_bus_callback_latency",
    type: "histogram",
    help: "One call of one handler, in seconds.",
    labels: ["topic"],
    buckets: latencyBuckets,
  },
  callbackErrors: {
    name: "message_bus_callback_errors",
    type: "counter",
    help: "Calls of a handler that failed.",
    labels: ["topic"],
  },
  publishRetries: {
    name: "message_bus_publish_retries",
    type: "counter",
    help: "Attempts that failed and were put off.",
    labels: ["shard"],
  },
  refused: {
    name: "message_bus_refused_total",
    type: "counter",
    help: "Messages refused, by reason.",
    labels: ["reason"],
  },
  busyWorkers: {
    name: "message_bus_busy_workers",
    type: "gauge",
    help: "Workers with a message in hand.",
    labels: ["shard"],
  },
  paused: {
    name: "message_bus_paused",
    type: "gauge",
    help: "1 while the shard refuses what is new.",
    labels: ["shard"],
  },
  deadLetters: {
    name: "message_bus_dead_letters",
    type: "gauge",
    help: "Dead letters held.",
    labels: [],
  },
} as const satisfies Record<string, MetricDefinition>;

/** A key of {@link busMetricTable}. */
export type BusMetricKey = keyof typeof busMetricTable;

/** Where a bus counts and measures as it goes; the gauges are read off `stats()` when somebody looks. */
export interface BusMetrics {
  count(metric: BusMetricKey, labels: Readonly<Record<string, string>>): void;
  observe(metric: BusMetricKey, seconds: number, labels: Readonly<Record<string, string>>): void;
}
