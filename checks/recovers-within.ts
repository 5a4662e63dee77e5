import {
  ms,
  readableMs,
  type Duration,
  type FaultWindow,
  type History,
  type JobHistory,
  type Measurement,
} from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";

/**
 * After each fault, the plane works again within the bound: every job that was waiting when the fault struck, or was
 * accepted before it was healed, takes effect within this time, counted from the fault or, if it came later, from the
 * job's acknowledgement.
 *
 * A fault that met no such job does not count.
 */
export function recoversWithin(bound: Duration): Check {
  const boundMs = ms(bound);
  return check(`recovers within ${readableMs(boundMs)}`, recoveriesOf, (recovery) => judge(recovery, boundMs), {
    subjects: "faults that met work",
    none: "no fault struck while jobs were waiting or coming in",
    seen: (recoveries) => `the slowest job took ${readableMs(Math.max(...recoveries.map(slowestMs)))}`,
    measure: measurements,
  });
}

/** What one fault did to the jobs that it met. */
interface Recovery {
  readonly fault: string;
  readonly struckAt: number;
  readonly waits: readonly Wait[];
}

interface Wait {
  readonly job: string;
  readonly sinceMs: number;
  /** When the job took effect; missing when it never did. */
  readonly untilMs: number | undefined;
}

function recoveriesOf(history: History): Recovery[] {
  const jobs = [...history.jobs.values()].filter((job) => job.acknowledgedAt !== undefined);
  const struck = history.faults.filter((fault) => fault.struckAt !== undefined);
  return struck
    .map((fault, index) => recoveryFrom(fault, struck[index + 1], jobs, history.endedAt))
    .filter(({ waits }) => waits.length > 0);
}

/** The window of a fault ends when it is healed, or when the next one strikes and takes over. */
function recoveryFrom(
  { fault, struckAt = 0, healAt }: FaultWindow,
  next: FaultWindow | undefined,
  jobs: readonly JobHistory[],
  runEndedAt: number,
): Recovery {
  const endAt = Math.min(healAt ?? runEndedAt, next?.struckAt ?? runEndedAt);
  const waits: Wait[] = [];
  for (const job of jobs) {
    const { id, acknowledgedAt = 0 } = job;
    if (acknowledgedAt >= endAt) continue;
    const untilMs = job.effects.find(({ decision }) => decision === "accepted")?.at;
    const sinceMs = Math.max(struckAt, acknowledgedAt);
    const wasOver = acknowledgedAt < struckAt && untilMs !== undefined && untilMs <= struckAt;
    if (!wasOver) waits.push({ job: id, sinceMs, untilMs });
  }
  return { fault, struckAt, waits };
}

function judge({ fault, waits }: Recovery, boundMs: number): Finding {
  const never = waits.find(({ untilMs }) => untilMs === undefined);
  if (never) {
    return { subject: fault, because: `${never.job}, waiting since ${moment(never.sinceMs)}, never took effect` };
  }
  const slowest = waits.reduce((worst, wait) => (waitedMs(wait) > waitedMs(worst) ? wait : worst));
  if (waitedMs(slowest) <= boundMs) return undefined;
  const because = `${slowest.job}, waiting since ${moment(slowest.sinceMs)}, took effect after ${readableMs(waitedMs(slowest))}`;
  return { subject: fault, because, at: slowest.sinceMs + waitedMs(slowest) };
}

/** An effect may come before its job's acknowledgement: nobody waited then. */
function waitedMs({ sinceMs, untilMs = Infinity }: Wait): number {
  return Math.max(0, untilMs - sinceMs);
}

function slowestMs({ waits }: Recovery): number {
  return waits.reduce((most, wait) => Math.max(most, waitedMs(wait)), 0);
}

/** How long after the fault something took effect for the first time. */
function firstEffectMs({ struckAt, waits }: Recovery): number {
  const first = waits.reduce((earliest, { untilMs = Infinity }) => Math.min(earliest, untilMs), Infinity);
  return Math.max(0, first - struckAt);
}

function measurements(recoveries: readonly Recovery[]): Measurement[] {
  const recovery = recoveries.map((each) => ({ name: `recoveryMs/${each.fault}`, value: slowestMs(each) }));
  const first = recoveries.map((each) => ({ name: `firstEffectMs/${each.fault}`, value: firstEffectMs(each) }));
  const worst = { name: "recoveryMsMax", value: Math.max(...recovery.map(({ value }) => value)) };
  return [worst, ...recovery, ...first]
    .filter(({ value }) => Number.isFinite(value))
    .map(({ name, value }) => ({ name, value: Number(value.toFixed(1)) }));
}
