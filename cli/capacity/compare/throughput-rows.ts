import {
  largestLoadPerSecond,
  spreadOf,
  sustainablePerSecond,
  throughputPerSecond,
  type ComparisonRow,
  type Spread,
  type WindowFigures,
} from "../../../capacity/mod.ts";
import { modelOf, pooledService } from "./bus-model.ts";
import { promiseOf, type Evidence } from "./evidence.ts";
import { row, type RowSubject } from "./row.ts";

/** How much the bus serves: with every worker busy, with its traffic as it is, and within the promised wait. */
export function throughputRows(evidence: Evidence): ComparisonRow[] {
  return [...fullQueuesRows(evidence), trafficRow(evidence), ...promisedRows(evidence)];
}

/** Nothing where the queues were too short for a rate. */
function fullQueuesRows(evidence: Evidence): ComparisonRow[] {
  const { configuration, drain } = evidence;
  if (drain.deliveredPerSecond === undefined) return [];
  const formula = formulaPerSecond(evidence, drain.serviceMs);
  const oneThread = 1_000 / drain.serviceMs;
  const model = configuration.service.work === "burn" ? oneThread : formula;
  const measured = spreadOf([drain.deliveredPerSecond]);
  return [row(aboutRate("throughput, every queue full", evidence), { formula, model }, measured)];
}

function trafficRow(evidence: Evidence): ComparisonRow {
  const { configuration, shares, saturated } = evidence;
  const service = pooledService(saturated);
  const formula = formulaPerSecond(evidence, service.serviceMs);
  const model = sustainablePerSecond(modelOf(configuration, shares, service));
  const measured = spreadOf(saturated.map((window) => carriedPerSecond(window, evidence)));
  return row(aboutRate("throughput, this traffic", evidence), { formula, model }, measured);
}

/** Nothing where no load was carried, or all of them were: a lower bound is no measurement. */
function promisedRows(evidence: Evidence): ComparisonRow[] {
  const { plan, configuration, shares, service, knee } = evidence;
  if (knee.at === undefined || knee.above === undefined) return [];
  const promise = promiseOf(plan);
  const formula = formulaPerSecond(evidence, service.serviceMs);
  const model = largestLoadPerSecond(modelOf(configuration, shares, service), promise);
  const subject = aboutRate(`load within p99 wait ${promise.waitMs} ms`, evidence);
  return [row(subject, { formula, model }, kneeSpread(knee.at, knee.above))];
}

function formulaPerSecond({ configuration }: Evidence, meanServiceMs: number): number {
  return throughputPerSecond({ ...configuration, meanServiceMs });
}

function aboutRate(figure: string, { plan }: Evidence): RowSubject {
  return { figure, unit: "per second", better: "more", within: { percent: plan.measure.holdsWithinPercent } };
}

/**
 * What the whole bus could carry for ever with this traffic, from a window in which its hottest shard had always work:
 * what that shard delivered, over its share. Where handlers burn the CPU, all shards are one.
 */
function carriedPerSecond(window: WindowFigures, { configuration, shares }: Evidence): number {
  if (configuration.service.work === "burn") return window.deliveredPerSecond;
  const share = Math.max(...shares);
  return (window.shards[shares.indexOf(share)]?.deliveredPerSecond ?? 0) / share;
}

/** The knee lies between two loads that were tried; what was carried is the lower one. */
function kneeSpread(at: number, above: number): Spread {
  return { median: at, min: at, max: above, n: 1 };
}
