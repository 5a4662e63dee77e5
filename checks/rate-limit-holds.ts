import type { History } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { admittedTooMuch, demandOf, measurements, refusedNothing, refusedTooMuch } from "./rate-demand.ts";
import type { Demand, Rule } from "./rate-demand.ts";

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
    measure: (demands) =>
      demands.flatMap((demand) => measurements(demand, demands.length > 1 ? `/${demand.client}` : "")),
  });
}

function titleFor(client: string | undefined): string {
  return client === undefined ? "rate limit holds" : `rate limit holds for ${client}`;
}

function demandsOf(history: History, rule: Rule, client: string | undefined): Demand[] {
  const originUnixMs = history.samples.find(({ name }) => name === "unix-origin-ms")?.value;
  const byClient = Map.groupBy(history.operations, (operation) => operation.client ?? "");
  return [...byClient]
    .filter(([name]) => client === undefined || name === client)
    .map(([name, operations]) => demandOf(name, operations, rule, originUnixMs));
}

function judge(demand: Demand): Finding {
  const { client, busiestSecond, pressure } = demand;
  const contradiction = admittedTooMuch(demand) ?? refusedNothing(demand) ?? refusedTooMuch(demand);
  if (contradiction) return { subject: client, ...contradiction };
  if (!busiestSecond) return { unexamined: "the wall clock at the beginning of the run is not in the history" };
  return pressure ? undefined : { unexamined: `${client} was never surely above the limit, so nothing was tried` };
}

function sentence({ client, rule, admitted, offered, busiestRolling }: Demand): string {
  const worst = `at most ${busiestRolling.count} of them in any second, with a limit of ${rule.limitPerSecond}`;
  return `${client} got ${admitted} of ${offered} requests admitted, ${worst}`;
}
