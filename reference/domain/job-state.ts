/** The states of a job, as the seed system documents them. */
export const jobStates = [
  "PENDING",
  "APPROVAL_REQUIRED",
  "SCHEDULED",
  "DISPATCHED",
  "RUNNING",
  "RETRYING",
  "SUCCEEDED",
  "FAILED",
  "CANCELLED",
  "TIMEOUT",
  "DENIED",
  "OUTPUT_QUARANTINED",
] as const;

/** One of {@link jobStates}. */
export type JobState = (typeof jobStates)[number];

/** A job that is not there yet. */
export type Nothing = "NONE";

/**
 * Which state may follow which. It is the seed system's own table, less its one unsafe edge:
 * a dispatched job never falls back to SCHEDULED; a dispatch that got nowhere is retried under a new epoch.
 */
const successors: Record<JobState | Nothing, readonly JobState[]> = {
  NONE: ["PENDING", "APPROVAL_REQUIRED", "SCHEDULED", "DISPATCHED", "RUNNING", "FAILED", "CANCELLED"],
  PENDING: [
    "APPROVAL_REQUIRED",
    "SCHEDULED",
    "DISPATCHED",
    "RUNNING",
    "DENIED",
    "FAILED",
    "TIMEOUT",
    "SUCCEEDED",
    "CANCELLED",
    "RETRYING",
  ],
  APPROVAL_REQUIRED: [
    "PENDING",
    "SCHEDULED",
    "DISPATCHED",
    "RUNNING",
    "DENIED",
    "FAILED",
    "TIMEOUT",
    "SUCCEEDED",
    "CANCELLED",
  ],
  SCHEDULED: [
    "SCHEDULED",
    "DISPATCHED",
    "RUNNING",
    "DENIED",
    "FAILED",
    "TIMEOUT",
    "SUCCEEDED",
    "CANCELLED",
    "OUTPUT_QUARANTINED",
    "RETRYING",
  ],
  DISPATCHED: ["RUNNING", "SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT", "OUTPUT_QUARANTINED", "RETRYING"],
  RUNNING: ["RUNNING", "SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT", "OUTPUT_QUARANTINED", "RETRYING"],
  RETRYING: ["SCHEDULED", "DISPATCHED", "RUNNING", "RETRYING", "SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT"],
  SUCCEEDED: ["OUTPUT_QUARANTINED"],
  FAILED: [],
  CANCELLED: [],
  TIMEOUT: [],
  DENIED: [],
  OUTPUT_QUARANTINED: [],
};

const terminalStates: ReadonlySet<string> = new Set([
  "SUCCEEDED",
  "FAILED",
  "CANCELLED",
  "TIMEOUT",
  "DENIED",
  "OUTPUT_QUARANTINED",
]);

/** Whether a job in this state has come to its end. */
export function isTerminal(state: JobState | Nothing): boolean {
  return terminalStates.has(state);
}

/** Whether the table allows this step. */
export function isLegal(from: JobState | Nothing, to: JobState): boolean {
  return successors[from].includes(to);
}
