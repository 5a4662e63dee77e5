import type { Unit } from "../cell.ts";

/** A figure of a run that two tunings can be compared by. */
export interface MeasureDefinition {
  /** As policies name it: `submit-p99`. */
  readonly id: string;
  /** As reports name it: `submit latency p99`. */
  readonly title: string;
  readonly unit: Unit;
  readonly better: "lower" | "higher";
}

/** The figure as one run came to it. */
export interface Measure extends MeasureDefinition {
  /** Missing where the run cannot tell. */
  readonly value: number | undefined;
  /** Why it is missing. */
  readonly because?: string;
}

/** Each measure that every run has. Besides them there is one recovery for each fault: `recovery-1`, `recovery-2`, … */
export const measureDefinitions = {
  jobsPerSecond: {
    id: "jobs-per-second",
    title: "throughput",
    unit: "per second",
    better: "higher",
  },
  submitP50: { id: "submit-p50", title: "submit latency p50", unit: "ms", better: "lower" },
  submitP99: { id: "submit-p99", title: "submit latency p99", unit: "ms", better: "lower" },
  endToEndP50: { id: "end-to-end-p50", title: "end to end p50", unit: "ms", better: "lower" },
  endToEndP99: { id: "end-to-end-p99", title: "end to end p99", unit: "ms", better: "lower" },
  recovery: { id: "recovery", title: "slowest recovery", unit: "ms", better: "lower" },
  lockRenewals: { id: "lock-renewals", title: "job lock renewals", unit: "per second", better: "lower" },
  repeatedExecutions: { id: "repeated-executions", title: "repeated executions", unit: "count", better: "lower" },
  repeatedDispatches: { id: "repeated-dispatches", title: "repeated dispatches", unit: "count", better: "lower" },
  unacknowledged: { id: "unacknowledged", title: "submissions not acknowledged", unit: "count", better: "lower" },
} as const satisfies Record<string, MeasureDefinition>;

/** The recovery from one fault of a scenario. */
export function recoveryFrom(number: number | string, action?: string): MeasureDefinition {
  const title = `recovery from fault ${number}${action === undefined ? "" : ` (${action})`}`;
  return { id: `recovery-${number}`, title, unit: "ms", better: "lower" };
}
