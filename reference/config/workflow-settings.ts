import { durationOf, type Setting } from "./setting.ts";

/** What workflow engines read. */
export const workflowSettings = {
  runLockTtlMs: {
    env: "WORKFLOW_RUN_LOCK_TTL",
    type: "duration",
    default: durationOf("30s"),
    doc: "TTL of a run's lock, `cordum:wf:run:lock:<run>`; renewed at a third of it.",
    roles: ["workflow"],
    scaled: true,
  },
  workflowScanMs: {
    env: "WORKFLOW_ENGINE_SCAN_INTERVAL",
    type: "duration",
    default: durationOf("5s"),
    doc: "Between two rounds of the workflow reconciler; its lease lives for twice as long.",
    roles: ["workflow"],
    scaled: true,
  },
  workflowScanLimit: {
    env: "WORKFLOW_ENGINE_RUN_SCAN_LIMIT",
    type: "integer",
    default: "200",
    doc: "Runs that the reconciler visits at a time, oldest first, until it has seen all that have not ended.",
    roles: ["workflow"],
  },
  delayPollMs: {
    env: "WORKFLOW_DELAY_POLL_INTERVAL",
    type: "duration",
    default: durationOf("5s"),
    doc: "Between two looks for delays that are over; the lease of the delay poller lives for twice as long.",
    roles: ["workflow"],
    scaled: true,
  },
  forEachMaxItems: {
    env: "WORKFLOW_FOREACH_MAX_ITEMS",
    type: "integer",
    default: "1000",
    doc: "Most items of a for_each step; a run with more fails at that step.",
    roles: ["workflow"],
  },
  workflowConcurrency: {
    env: "WORKFLOW_MAX_PARALLEL_RUNS",
    type: "integer",
    default: "32",
    doc: "Messages that an engine works on at once.",
    roles: ["workflow"],
  },
} as const satisfies Record<string, Setting>;
