import type { FaultWindow, History, Measurement, OperationEvent } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import {
  admittedTooMuch,
  demandOf,
  measurements,
  refusedNothing,
  refusedTooMuch,
  type Contradiction,
  type Demand,
  type Rule,
} from "./rate-demand.ts";

/** The limit, for whom, and how exactly it has to hold. */
export interface DegradedLimitOptions {
  readonly limitPerSecond: number;
  readonly client: string;
  /** By how much a second that begins anywhere may exceed the limit; several seconds may not. @defaultValue 0.1 */
  readonly rollingTolerance?: number;
  /**
   * By how much the gateways together may exceed an exact limiter over all of the time without Redis. There is no
   * change of mode in it that could excuse more; a second that begins anywhere keeps to `rollingTolerance`, as it does
   * at any other time. @defaultValue 0.05
   */
  readonly degradedTolerance?: number;
  /** Which share of what an exact limiter lets pass may be refused. @defaultValue 0.25 */
  readonly refusalTolerance?: number;
}

/**
 * A limit over all gateways holds while they share a count, while they cannot because they have lost Redis, after
 * they have it back, and over the two changes.
 *
 * A gateway without Redis can store nothing, so what its limiter lets pass still fails. Here everything counts as let
 * pass that was answered, and not by a refusal. The verdict is `unknown` when nobody lost Redis, when jobs were
 * stored meanwhile (then it was not lost), and when the client was not surely above the limit.
 */
export function degradedLimitHolds(options: DegradedLimitOptions): Check {
  const { client } = options;
  const { degradedTolerance = 0.05 } = options;
  const judgeStretch = (stretch: Stretch): Finding => judge(stretch, degradedTolerance);
  return check(`degraded limit holds for ${client}`, (history) => stretchesOf(history, options), judgeStretch, {
    subjects: "stretches of time",
    none: `no gateway lost Redis, or the client ${client} sent nothing`,
    seen: (stretches) => stretches.map(sentence).join("; "),
    measure: (stretches) => stretches.flatMap(measure),
  });
}

/** A part of the run, and what the client got in it. */
interface Stretch {
  readonly name: "before" | "without Redis" | "after" | "all along";
  readonly demand: Demand;
  /** Jobs that were stored. */
  readonly stored: number;
}

/** In the first second the last requests of the time before are still counted. */
const changeMs = 1_000;
/** A gateway tries Redis again once a second, when a request comes. */
const returnMs = 3_000;

function stretchesOf(history: History, options: DegradedLimitOptions): Stretch[] {
  const operations = history.operations.filter(({ client }) => client === options.client);
  const outage = history.faults.find(isOutage);
  if (!outage || operations.length === 0) return [];
  const { struckAt = 0, healAt = history.endedAt } = outage;
  const stretch = (name: Stretch["name"], among: readonly OperationEvent[]): Stretch => ({
    name,
    demand: demandOf(options.client, among, ruleOf(options), undefined),
    stored: among.filter(({ outcome }) => outcome === "ok").length,
  });
  const between = (fromMs: number, toMs: number): OperationEvent[] =>
    operations.filter(({ sentAt, at }) => sentAt >= fromMs && at < toMs);
  return [
    stretch("before", between(0, struckAt)),
    stretch("without Redis", between(struckAt + changeMs, healAt)),
    stretch("after", between(healAt + returnMs, Infinity)),
    stretch("all along", operations),
  ];
}

function isOutage({ to, targets, struckAt }: FaultWindow): boolean {
  return to === "redis" && struckAt !== undefined && targets.some((target) => target.startsWith("gateway"));
}

function ruleOf({ limitPerSecond, rollingTolerance = 0.1, refusalTolerance = 0.25 }: DegradedLimitOptions): Rule {
  return { limitPerSecond, rollingTolerance, refusalTolerance, isAdmitted: isLetPass };
}

function isLetPass({ status, outcome }: OperationEvent): boolean {
  return status !== undefined && outcome !== "refused";
}

function judge({ name, demand, stored }: Stretch, degradedTolerance: number): Finding {
  const contradiction =
    admittedTooMuch(demand) ??
    (name === "without Redis" ? admittedTooMuchInAll(demand, degradedTolerance) : undefined) ??
    (name === "all along" ? undefined : refusedWrongly(demand));
  if (contradiction) return { subject: `${demand.client}, ${name}`, ...contradiction };
  if (name === "without Redis" && stored > 0) {
    return { unexamined: `${stored} jobs were stored without Redis, so it was not lost` };
  }
  return demand.pressure ? undefined : { unexamined: `${demand.client} was never surely above the limit ${name}` };
}

function admittedTooMuchInAll(
  { admitted, exactlyAdmitted: exactly }: Demand,
  tolerance: number,
): Contradiction | undefined {
  if (admitted <= exactly * (1 + tolerance)) return undefined;
  return { because: `${admitted} requests were let pass, where an exact limiter lets ${exactly}` };
}

function refusedWrongly(demand: Demand): Contradiction | undefined {
  return refusedNothing(demand) ?? refusedTooMuch(demand);
}

function sentence({ name, demand }: Stretch): string {
  return `${name}, ${demand.admitted} of ${demand.offered} were let pass (an exact limiter: ${demand.exactlyAdmitted})`;
}

function measure({ name, demand }: Stretch): Measurement[] {
  return measurements(demand, `/${name}`);
}
