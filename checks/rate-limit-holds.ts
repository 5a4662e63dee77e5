import type { History, Measurement, OperationEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { exactlyAdmitted, mostSentInASecond, surelyPerSecond, worstRollingSecond } from "./rate-windows.ts";

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
 * A request was decided some time between being sent and being answered; only what surely lies within a second counts
 * against the limit. The verdict is `unknown` when the limit was never reached, and when the wall clock at the
 * beginning of the run (sample `unix-origin-ms`) is not in the history.
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
  readonly offeredPerSecondMax: number;
  /** In one second of the wall clock, and when it began; unknown without the wall clock. */
  readonly busiestSecond: { readonly fromMs: number; readonly count: number } | undefined;
  readonly worstRolling: { readonly fromMs: number; readonly count: number };
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
  return {
    client,
    rule,
    offered: operations.length,
    admitted: admitted.length,
    refused: refused.length,
    unclear: operations.filter(({ outcome }) => outcome === "unknown").length,
    offeredPerSecondMax: mostSentInASecond(operations),
    busiestSecond:
      originUnixMs === undefined ? undefined : busiestOf(surelyPerSecond(admitted, originUnixMs), originUnixMs),
    worstRolling: worstRollingSecond(admitted),
    exactlyAdmitted: exactlyAdmitted([...admitted, ...refused], rule.limitPerSecond),
  };
}

function busiestOf(seconds: ReadonlyMap<number, number>, originUnixMs: number): { fromMs: number; count: number } {
  let busiest = { fromMs: 0, count: 0 };
  for (const [second, count] of seconds) {
    if (count > busiest.count) busiest = { fromMs: second * 1_000 - originUnixMs, count };
  }
  return busiest;
}

function judge(demand: Demand): Finding {
  const { client, rule, offeredPerSecondMax, busiestSecond } = demand;
  const contradiction = admittedTooMuch(demand) ?? refusedTooLittle(demand) ?? refusedTooMuch(demand);
  if (contradiction) return { subject: client, ...contradiction };
  if (!busiestSecond) return { unexamined: "the wall clock at the beginning of the run is not in the history" };
  if (offeredPerSecondMax > rule.limitPerSecond) return undefined;
  return {
    unexamined: `${client} never sent more than ${offeredPerSecondMax} requests in a second, so nothing limited it`,
  };
}

interface Contradiction {
  readonly because: string;
  readonly at?: number;
}

function admittedTooMuch({ rule, busiestSecond, worstRolling }: Demand): Contradiction | undefined {
  const limit = `with a limit of ${rule.limitPerSecond}`;
  if (busiestSecond && busiestSecond.count > rule.limitPerSecond) {
    const { count, fromMs } = busiestSecond;
    return { because: `${count} requests were admitted in the second at ${moment(fromMs)}, ${limit}`, at: fromMs };
  }
  if (worstRolling.count <= rule.limitPerSecond * (1 + rule.rollingTolerance)) return undefined;
  const { count, fromMs } = worstRolling;
  return { because: `${count} requests were admitted within a second from ${moment(fromMs)}, ${limit}`, at: fromMs };
}

function refusedTooLittle({ rule, refused, offeredPerSecondMax }: Demand): Contradiction | undefined {
  if (refused > 0 || offeredPerSecondMax <= rule.limitPerSecond * (1 + rule.rollingTolerance)) return undefined;
  return { because: `${offeredPerSecondMax} requests were sent in a second, and none was ever refused` };
}

function refusedTooMuch({ rule, admitted, unclear, exactlyAdmitted: expected }: Demand): Contradiction | undefined {
  if (admitted + unclear >= expected * (1 - rule.refusalTolerance)) return undefined;
  return { because: `${admitted} requests were admitted, where an exact limiter admits ${expected}` };
}

function sentence({ client, rule, admitted, offered, worstRolling }: Demand): string {
  const worst = `at most ${worstRolling.count} of them in any second, with a limit of ${rule.limitPerSecond}`;
  return `${client} got ${admitted} of ${offered} requests admitted, ${worst}`;
}

function measurements(demand: Demand, isOneOfMany: boolean): Measurement[] {
  const { rule, offered, admitted, refused, worstRolling, busiestSecond, exactlyAdmitted: expected } = demand;
  const values = {
    offered,
    admitted,
    refused,
    admittedPerSecondMax: busiestSecond?.count ?? 0,
    admittedPerRollingSecondMax: worstRolling.count,
    overAdmissionShare: Math.max(0, worstRolling.count / rule.limitPerSecond - 1),
    overRefusalShare: expected === 0 ? 0 : Math.max(0, 1 - admitted / expected),
  };
  const suffix = isOneOfMany ? `/${demand.client}` : "";
  return Object.entries(values).map(([name, value]) => ({ name: `${name}${suffix}`, value: Number(value.toFixed(4)) }));
}
