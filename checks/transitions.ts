/**
 * Which state of a job may follow which. This is the checks' own copy of the rule, so that a slip in the plane's table
 * cannot excuse itself.
 */
const successors: Readonly<Record<string, readonly string[]>> = {
  NONE: ["PENDING", "APPROVAL_REQUIRED", "SCHEDULED", "DISPATCHED", "RUNNING", "FAILED", "CANCELLED"],
  PENDING: [
    ...["APPROVAL_REQUIRED", "SCHEDULED", "DISPATCHED", "RUNNING", "RETRYING"],
    ...["SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT", "DENIED"],
  ],
  APPROVAL_REQUIRED: [
    ...["PENDING", "SCHEDULED", "DISPATCHED", "RUNNING"],
    ...["SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT", "DENIED"],
  ],
  SCHEDULED: [
    ...["SCHEDULED", "DISPATCHED", "RUNNING", "RETRYING"],
    ...["SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT", "DENIED", "OUTPUT_QUARANTINED"],
  ],
  DISPATCHED: ["RUNNING", "RETRYING", "SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT", "OUTPUT_QUARANTINED"],
  RUNNING: ["RUNNING", "RETRYING", "SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT", "OUTPUT_QUARANTINED"],
  RETRYING: ["SCHEDULED", "DISPATCHED", "RUNNING", "RETRYING", "SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT"],
  SUCCEEDED: ["OUTPUT_QUARANTINED"],
  FAILED: [],
  CANCELLED: [],
  TIMEOUT: [],
  DENIED: [],
  OUTPUT_QUARANTINED: [],
};

const terminal: ReadonlySet<string> = new Set([
  ...["SUCCEEDED", "FAILED", "CANCELLED", "TIMEOUT", "DENIED", "OUTPUT_QUARANTINED"],
]);

/** Whether a job may go from one state to the other. `NONE` stands for a job that is not there yet. */
export function isLegal(from: string, to: string): boolean {
  return successors[from]?.includes(to) ?? false;
}

/** Whether a job in this state has come to its end. A job that is `missing` has not. */
export function isTerminal(state: string): boolean {
  return terminal.has(state);
}
