import type { Measurement, OperationEvent } from "../core/mod.ts";
import { moment } from "./moment.ts";
import { busiestWindow, exactlyAdmitted, surelyPerSecond, windowAbove, type Window } from "./rate-windows.ts";

/** How exactly a limit has to hold. */
export interface Rule {
  readonly limitPerSecond: number;
  readonly rollingTolerance: number;
  readonly refusalTolerance: number;
  /** What tells that the limiter let a request pass. @defaultValue its outcome is `ok` */
  readonly isAdmitted?: (operation: OperationEvent) => boolean;
}

/** What one client asked for and got. */
export interface Demand {
  readonly client: string;
  readonly rule: Rule;
  readonly offered: number;
  readonly admitted: number;
  readonly refused: number;
  /** Requests without an answer: they may have been admitted. */
  readonly unclear: number;
  /** A time in which it surely asked for more than the limit allows: without one, nothing was tried. */
  readonly pressure: Window | undefined;
  /** A time in which it surely got more than that. */
  readonly excess: Window | undefined;
  /** The most that it surely got in a second of the wall clock; unknown without the wall clock. */
  readonly busiestSecond: Window | undefined;
  /** The most that it surely got in a second that begins anywhere. */
  readonly busiestRolling: Window;
  readonly exactlyAdmitted: number;
}

/**
 * What one client asked for and got, by these operations.
 *
 * @param originUnixMs - wall clock at run time 0
 */
export function demandOf(
  client: string,
  operations: readonly OperationEvent[],
  rule: Rule,
  originUnixMs: number | undefined,
): Demand {
  const { limitPerSecond: perSecond, rollingTolerance, isAdmitted = isAcknowledged } = rule;
  const admitted = operations.filter(isAdmitted);
  const refused = operations.filter(({ outcome }) => outcome === "refused");
  const limit = { perSecond, inOneSecond: perSecond * (1 + rollingTolerance) };
  return {
    client,
    rule,
    offered: operations.length,
    admitted: admitted.length,
    refused: refused.length,
    unclear: operations.filter((operation) => operation.outcome === "unknown" && !isAdmitted(operation)).length,
    pressure: windowAbove(
      operations.filter(({ status }) => status !== undefined),
      limit,
    ),
    excess: windowAbove(admitted, limit),
    busiestSecond: originUnixMs === undefined ? undefined : busiestSecondOf(admitted, originUnixMs),
    busiestRolling: busiestWindow(admitted, 1),
    exactlyAdmitted: exactlyAdmitted([...admitted, ...refused], perSecond),
  };
}

function busiestSecondOf(admitted: readonly OperationEvent[], originUnixMs: number): Window {
  let busiest: Window = { fromMs: 0, seconds: 1, count: 0 };
  for (const [second, count] of surelyPerSecond(admitted, originUnixMs)) {
    if (count > busiest.count) busiest = { fromMs: second * 1_000 - originUnixMs, seconds: 1, count };
  }
  return busiest;
}

function isAcknowledged({ outcome }: OperationEvent): boolean {
  return outcome === "ok";
}

/** Why a limit did not hold. */
export interface Contradiction {
  readonly because: string;
  readonly at?: number;
}

/** More was let pass than the limit allows, in one second or over several. */
export function admittedTooMuch({ rule, busiestSecond, excess }: Demand): Contradiction | undefined {
  const limit = `with a limit of ${rule.limitPerSecond} a second`;
  if (busiestSecond && busiestSecond.count > rule.limitPerSecond) {
    const { count, fromMs } = busiestSecond;
    return { because: `${count} requests were admitted in the second at ${moment(fromMs)}, ${limit}`, at: fromMs };
  }
  if (!excess) return undefined;
  const { count, fromMs, seconds } = excess;
  return {
    because: `${count} requests were admitted within ${seconds} s from ${moment(fromMs)}, ${limit}`,
    at: fromMs,
  };
}

/** Nothing was refused though there was more than the limit. */
export function refusedNothing({ refused, pressure }: Demand): Contradiction | undefined {
  if (refused > 0 || !pressure) return undefined;
  const { count, fromMs, seconds } = pressure;
  return { because: `${count} requests came within ${seconds} s from ${moment(fromMs)}, and none was ever refused` };
}

/** Less was let pass than an exact limiter would. */
export function refusedTooMuch({
  rule,
  admitted,
  unclear,
  exactlyAdmitted: expected,
}: Demand): Contradiction | undefined {
  if (admitted + unclear >= expected * (1 - rule.refusalTolerance)) return undefined;
  return { because: `${admitted} requests were admitted, where an exact limiter admits ${expected}` };
}

/** A demand in numbers; `suffix` tells several apart. */
export function measurements(demand: Demand, suffix = ""): Measurement[] {
  const { rule, offered, admitted, refused, busiestRolling, busiestSecond, exactlyAdmitted: expected } = demand;
  const values = {
    offered,
    admitted,
    refused,
    ...(busiestSecond ? { admittedPerSecondMax: busiestSecond.count } : {}),
    admittedPerRollingSecondMax: busiestRolling.count,
    limitPerSecond: rule.limitPerSecond,
    overAdmissionShare: Math.max(0, busiestRolling.count / rule.limitPerSecond - 1),
    overRefusalShare: expected === 0 ? 0 : Math.max(0, 1 - admitted / expected),
  };
  return Object.entries(values).map(([name, value]) => ({ name: `${name}${suffix}`, value: Number(value.toFixed(4)) }));
}
