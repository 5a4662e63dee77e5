import type { History, Measurement, OperationEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { busiestWindow, exactlyAdmitted, surelyPerSecond, windowAbove, type Window } from "./rate-windows.ts";

/** The limit, for whom, and how exactly it has to hold. */
export interface RateLimitOptions {
  readonly limitPerSecond: number;
  /** @defaultValue every client, each by itself */
  readonly client?: string;
  /** By how much any second may exceed the limit; one of the wall clock may not at all. @defaultValue 0.1 */
  readonly rollingTolerance?: number;
  /** Which share of what an exact limiter admits may be refused. @defaultValue 0.25 */
  readonly refusalTolerance?: number;
}

/**
 * Over all gateways, a client's admitted requests keep to the limit, and the limiter refuses no more than it has to.
 *
 * A request was decided some time between being sent and being answered; only what surely lies within a second, or
 * within several when answers are slow, counts against the limit. The verdict is `unknown` when the client was never
 * surely above the limit, and when the wall clock at the beginning of the run (sample `unix-origin-ms`) is not in the
 * history.
 */
export function rateLimitHolds(options: RateLimitOptions): Check {
  const { limitPerSecond, client, rollingTolerance = 0.1, refusalTolerance = 0.25 } = options;
  const rule = { limitPerSecond, rollingTolerance, refusalTolerance };
  return check(titleFor(client), (history) => demandsOf(history, rule, client), judge, {
    subjects: "clients",
    none: client === undefined ? "no client sent anything" : `the client ${client} sent nothing`,
    seen: (demands) => demands.map(sentence).join("; "),
    measure: (demands) => demands.flatMap((demand) => measurements(demand, demands.length > 1)),
  });
}

function titleFor(client: string | undefined): string {
  return client === undefined ? "rate limit holds" : `rate limit holds for ${client}`;
}

interface Rule {
  readonly limitPerSecond: number;
  readonly rollingTolerance: number;
  readonly refusalTolerance: number;
}

/** What one client asked for and got. */
interface Demand {
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

function demandsOf(history: History, rule: Rule, client: string | undefined): Demand[] {
  const originUnixMs = history.samples.find(({ name }) => name === "unix-origin-ms")?.value;
  const byClient = Map.groupBy(history.operations, (operation) => operation.client ?? "");
  return [...byClient]
    .filter(([name]) => client === undefined || name === client)
    .map(([name, operations]) => demandOf(name, operations, rule, originUnixMs));
}

function demandOf(
  client: string,
  operations: readonly OperationEvent[],
  rule: Rule,
  originUnixMs: number | undefined,
): Demand {
  const admitted = operations.filter(({ outcome }) => outcome === "ok");
  const refused = operations.filter(({ outcome }) => outcome === "refused");
  const { limitPerSecond: perSecond, rollingTolerance } = rule;
  const limit = { perSecond, inOneSecond: perSecond * (1 + rollingTolerance) };
  return {
    client,
    rule,
    offered: operations.length,
    admitted: admitted.length,
    refused: refused.length,
    unclear: operations.filter(({ outcome }) => outcome === "unknown").length,
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

function judge(demand: Demand): Finding {
  const { client, busiestSecond, pressure } = demand;
  const contradiction = admittedTooMuch(demand) ?? refusedNothing(demand) ?? refusedTooMuch(demand);
  if (contradiction) return { subject: client, ...contradiction };
  if (!busiestSecond) return { unexamined: "the wall clock at the beginning of the run is not in the history" };
  return pressure ? undefined : { unexamined: `${client} was never surely above the limit, so nothing was tried` };
}

interface Contradiction {
  readonly because: string;
  readonly at?: number;
}

function admittedTooMuch({ rule, busiestSecond, excess }: Demand): Contradiction | undefined {
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

function refusedNothing({ refused, pressure }: Demand): Contradiction | undefined {
  if (refused > 0 || !pressure) return undefined;
  const { count, fromMs, seconds } = pressure;
  return { because: `${count} requests came within ${seconds} s from ${moment(fromMs)}, and none was ever refused` };
}

function refusedTooMuch({ rule, admitted, unclear, exactlyAdmitted: expected }: Demand): Contradiction | undefined {
  if (admitted + unclear >= expected * (1 - rule.refusalTolerance)) return undefined;
  return { because: `${admitted} requests were admitted, where an exact limiter admits ${expected}` };
}

function sentence({ client, rule, admitted, offered, busiestRolling }: Demand): string {
  const worst = `at most ${busiestRolling.count} of them in any second, with a limit of ${rule.limitPerSecond}`;
  return `${client} got ${admitted} of ${offered} requests admitted, ${worst}`;
}

function measurements(demand: Demand, isOneOfMany: boolean): Measurement[] {
  const { rule, offered, admitted, refused, busiestRolling, busiestSecond, exactlyAdmitted: expected } = demand;
  const values = {
    offered,
    admitted,
    refused,
    admittedPerSecondMax: busiestSecond?.count ?? 0,
    admittedPerRollingSecondMax: busiestRolling.count,
    limitPerSecond: rule.limitPerSecond,
    overAdmissionShare: Math.max(0, busiestRolling.count / rule.limitPerSecond - 1),
    overRefusalShare: expected === 0 ? 0 : Math.max(0, 1 - admitted / expected),
  };
  const suffix = isOneOfMany ? `/${demand.client}` : "";
  return Object.entries(values).map(([name, value]) => ({ name: `${name}${suffix}`, value: Number(value.toFixed(4)) }));
}
