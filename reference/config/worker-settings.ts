import { durationOf, type Setting } from "./setting.ts";

/** What workers read. */
export const workerSettings = {
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
