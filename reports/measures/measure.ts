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

/** A measure that every run has, with a sentence about it for the catalog. */
interface CataloguedMeasure extends MeasureDefinition {
  readonly doc: string;
}

/** Each measure that every run has. A run with faults has one recovery for each besides: `recovery-1`, `recovery-2`. */
export const measureDefinitions = {
  jobsPerSecond: {
    id: "jobs-per-second",
    title: "throughput",
    unit: "per second",
    better: "higher",
    doc: "Jobs that took effect while load came in, a second.",
  },
  submitP50: {
    id: "submit-p50",
    title: "submit latency p50",
    unit: "ms",
    better: "lower",
    doc: "From when a submission was due to its acknowledgement; takes 20 of them.",
  },
  submitP99: {
    id: "submit-p99",
    title: "submit latency p99",
    unit: "ms",
    better: "lower",
    doc: "The same for the slowest of a hundred; takes 600 submissions.",
  },
  endToEndP50: {
    id: "end-to-end-p50",
    title: "end to end p50",
    unit: "ms",
    better: "lower",
    doc: "From a job's acknowledgement to its effect; takes 20 of them.",
  },
  endToEndP99: {
    id: "end-to-end-p99",
    title: "end to end p99",
    unit: "ms",
    better: "lower",
    doc: "The same for the slowest of a hundred; takes 600 jobs.",
  },
  recovery: {
    id: "recovery",
    title: "slowest recovery",
    unit: "ms",
    better: "lower",
    doc: "The longest that a job waited because of a fault, from the strike or its own acknowledgement.",
  },
  lockRenewals: {
    id: "lock-renewals",
    title: "job lock renewals",
    unit: "per second",
    better: "lower",
    doc: "Renewals of job locks, for as long as load and faults last.",
  },
  repeatedExecutions: {
    id: "repeated-executions",
    title: "repeated executions",
    unit: "count",
    better: "lower",
    doc: "Executions of jobs beyond the first.",
  },
  repeatedDispatches: {
    id: "repeated-dispatches",
    title: "repeated dispatches",
    unit: "count",
    better: "lower",
    doc: "Dispatches of jobs beyond the first.",
  },
  unacknowledged: {
    id: "unacknowledged",
    title: "submissions not acknowledged",
    unit: "count",
    better: "lower",
    doc: "Submissions that were refused, failed, or had no answer.",
  },
} as const satisfies Record<string, CataloguedMeasure>;

/** The recovery from one fault of a scenario. */
export function recoveryFrom(number: string, action: string): MeasureDefinition {
  const title = `recovery from fault ${number} (${action})`;
  return { id: `recovery-${number}`, title, unit: "ms", better: "lower" };
}
