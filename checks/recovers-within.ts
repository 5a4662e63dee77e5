import { ms, readableMs, type Duration, type History, type Measurement } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { promisesIn, type Promised } from "./promises.ts";

/**
 * After each fault, the plane works again within the bound: every job that was waiting when the fault struck, or was
 * accepted before it was healed, takes effect within this time, counted from the fault or, if it came later, from the
 * job's acknowledgement. The same holds for each step of a workflow's run, from when all before it had ended.
 *
 * A fault that met no such job or step does not count.
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

/** What one fault did to the work that it met. */
interface Recovery {
  readonly fault: string;
  readonly struckAt: number;
  readonly waits: readonly Wait[];
}

interface Wait {
  readonly name: string;
  readonly sinceMs: number;
  /** When the work took effect; missing when it never did. */
  readonly untilMs: number | undefined;
}

/** Goes through faults and promises in order of time, and carries along those that still wait. */
function* recoveriesOf(history: History): Generator<Recovery> {
  const promises = promisesIn(history);
  let waiting: Promised[] = [];
  let met = 0;
  for (const { fault, struckAt, endAt } of strikesIn(history)) {
    const before = met;
    while ((promises[met]?.sinceMs ?? Infinity) < endAt) met += 1;
    waiting = [...waiting, ...promises.slice(before, met)].filter((promised) => !wasKept(promised, struckAt));
    const waits = waiting.map(({ name, sinceMs, effectAt }) => {
      return { name, sinceMs: Math.max(struckAt, sinceMs), untilMs: effectAt };
    });
    if (waits.length > 0) yield { fault, struckAt, waits };
  }
}

function wasKept({ sinceMs, effectAt = Infinity }: Promised, struckAt: number): boolean {
  return sinceMs < struckAt && effectAt <= struckAt;
}

/** Each fault that struck, until it was healed, or until the next one struck and took over. */
function strikesIn({ faults, endedAt }: History): { fault: string; struckAt: number; endAt: number }[] {
  const struck = faults
    .flatMap(({ fault, struckAt, healAt = endedAt }) => (struckAt === undefined ? [] : [{ fault, struckAt, healAt }]))
    .toSorted((a, b) => a.struckAt - b.struckAt);
  return struck.map(({ fault, struckAt, healAt }, index) => {
    return { fault, struckAt, endAt: Math.min(healAt, struck[index + 1]?.struckAt ?? healAt) };
  });
}

function judge({ fault, waits }: Recovery, boundMs: number): Finding {
  const never = waits.find(({ untilMs }) => untilMs === undefined);
  if (never) {
    return { subject: fault, because: `${never.name}, waiting since ${moment(never.sinceMs)}, never took effect` };
  }
  const slowest = waits.reduce((worst, wait) => (waitedMs(wait) > waitedMs(worst) ? wait : worst));
  if (waitedMs(slowest) <= boundMs) return undefined;
  const because = `${slowest.name}, waiting since ${moment(slowest.sinceMs)}, took effect after ${readableMs(waitedMs(slowest))}`;
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
