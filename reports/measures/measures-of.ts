import type { History, JobHistory } from "../../core/mod.ts";
import { distribution } from "../figures/distribution.ts";
import { endToEndMs, journeys, workJourneys } from "../figures/journeys.ts";
import { recoveries, type Recovery } from "../figures/recoveries.ts";
import { acknowledged, latencyMs, submissions } from "../figures/submissions.ts";
import { faultName, timeFrame } from "../figures/time-frame.ts";
import { silences } from "../figures/waiting.ts";
import type { MeasurableRun } from "../run-data.ts";
import { measureDefinitions as known, recoveryFrom, type Measure, type MeasureDefinition } from "./measure.ts";

/**
 * The fewest samples for a percentile. By order statistics, p99 of fewer than 368 samples has no upper bound that is 95
 * % sure (0.99^368 is 0.025), and of fewer than 600 none but the maximum.
 */
const fewestSamples = { p50: 20, p99: 600 } as const;

/** Every measure of a run, those that it cannot tell among them. */
export function measuresOf(run: MeasurableRun): Measure[] {
  const { history } = run;
  return [
    of(known.jobsPerSecond, jobsPerSecond(history)),
    ...percentiles(known.submitP50, known.submitP99, submitLatencies(history)),
    ...percentiles(known.endToEndP50, known.endToEndP99, endToEndMs(journeys(history))),
    ...recoveryMeasures(run),
    of(known.lockRenewals, lockRenewalsPerSecond(history)),
    of(
      known.repeatedExecutions,
      beyondTheFirst(history, ({ executions }) => executions.length),
    ),
    of(
      known.repeatedDispatches,
      beyondTheFirst(history, ({ dispatches }) => dispatches.length),
    ),
    of(known.unacknowledged, submissions(history.operations).filter(({ outcome }) => outcome !== "ok").length),
  ];
}

function of(definition: MeasureDefinition, value: number | undefined, because = "nothing to measure"): Measure {
  return value === undefined ? { ...definition, value, because } : { ...definition, value };
}

function submitLatencies({ operations }: History): number[] {
  return acknowledged(submissions(operations)).map(latencyMs);
}

function percentiles(p50: MeasureDefinition, p99: MeasureDefinition, durationsMs: readonly number[]): Measure[] {
  const { p50Ms, p99Ms, count } = distribution(durationsMs);
  return [
    of(p50, count < fewestSamples.p50 ? undefined : p50Ms, tooFew(count, "p50")),
    of(p99, count < fewestSamples.p99 ? undefined : p99Ms, tooFew(count, "p99")),
  ];
}

function tooFew(count: number, percentile: keyof typeof fewestSamples): string {
  return `insufficient samples: ${count}, and ${percentile} takes ${fewestSamples[percentile]}`;
}

/** Jobs that took effect from the first arrival to the last: what comes later has no load behind it. */
function jobsPerSecond(history: History): number | undefined {
  const due = submissions(history.operations).map(({ intendedAt }) => intendedAt);
  const [fromMs, toMs] = [least(due), most(due)];
  if (fromMs === undefined || toMs === undefined || toMs <= fromMs) return undefined;
  const done = journeys(history).filter(({ effectAt = Infinity }) => effectAt <= toMs).length;
  return (done * 1_000) / (toMs - fromMs);
}

/** A wait is not an outage, and one more replica takes nothing away: there is nothing to recover from. */
const harmless: ReadonlySet<string> = new Set(["delay", "join"]);

function recoveryMeasures(run: MeasurableRun): Measure[] {
  const travelled = workJourneys(run.history);
  const found = recoveries(run.history, {
    journeys: travelled,
    silences: silences(travelled),
    endMs: timeFrame(run).endMs,
  }).filter(({ fault }) => !harmless.has(fault.action));
  const each = found.map((recovery, index) => recoveryMeasure(recovery, index));
  if (each.length === 0) return [of(known.recovery, undefined, "no fault struck")];
  const all = each.flatMap(({ value }) => value ?? []);
  return [of(known.recovery, all.length < each.length ? undefined : most(all), "a fault met no job"), ...each];
}

function recoveryMeasure({ fault, slowestJobMs, jobsWithoutEffect }: Recovery, index: number): Measure {
  const [number] = faultName(fault, index);
  const definition = recoveryFrom(number, fault.action);
  if (jobsWithoutEffect > 0)
    return of(definition, undefined, `${jobsWithoutEffect} jobs that it met never took effect`);
  return of(definition, slowestJobMs, "it met no job");
}

/** While load came in and faults were in force. */
function lockRenewalsPerSecond({ sections, phases }: History): number | undefined {
  const fromMs = phases.find(({ phase }) => phase === "load")?.at;
  const toMs = phases.findLast(({ phase }) => phase === "load-end")?.at;
  if (fromMs === undefined || toMs === undefined || toMs <= fromMs) return undefined;
  const locks = sections.filter(({ guard }) => guard === "lock");
  return (locks.reduce((sum, { renewals }) => sum + renewals, 0) * 1_000) / (toMs - fromMs);
}

function beyondTheFirst({ jobs }: History, count: (job: JobHistory) => number): number {
  return [...jobs.values()].reduce((sum, job) => sum + Math.max(0, count(job) - 1), 0);
}

function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((lowest, each) => Math.min(lowest, each));
}

function most(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((highest, each) => Math.max(highest, each));
}
