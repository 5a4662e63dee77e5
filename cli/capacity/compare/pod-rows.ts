import {
  largestLoadPerSecond,
  podsFor,
  requiredPods,
  throughputPerSecond,
  type ComparisonRow,
} from "../../../capacity/mod.ts";
import { modelOf } from "./bus-model.ts";
import { promiseOf, type Evidence } from "./evidence.ts";
import { row, type RowSubject } from "./row.ts";

/** Pods that carry the peak within the promised wait, while some are away. Nothing where no knee was found. */
export function podRows(evidence: Evidence): ComparisonRow[] {
  const { plan, knee } = evidence;
  if (knee.at === undefined || knee.above === undefined) return [];
  const { peakPerSecond, away } = plan.ask;
  const most = podsFor(peakPerSecond, knee.at, away);
  const least = podsFor(peakPerSecond, knee.above, away);
  const spare = away === 0 ? "" : `, ${away} away`;
  const about: RowSubject = { figure: `pods${spare}`, unit: "count", better: "less", within: { percent: 0 } };
  const predictions = { formula: formulaPods(evidence), model: modelPods(evidence) };
  return [row(about, predictions, { median: most, min: Math.min(least, most), max: most, n: 1 })];
}

/** By the seed's formula, with the margin that the plan gives it. */
function formulaPods({ plan, configuration, service }: Evidence): number {
  const { peakPerSecond, safetyMargin } = plan.ask;
  const podPerSecond = throughputPerSecond({ ...configuration, meanServiceMs: service.serviceMs });
  return requiredPods({ peakPerSecond, podPerSecond, safetyMargin }).pods;
}

/** By the largest load at which the model keeps the promise. */
function modelPods({ plan, configuration, shares, service }: Evidence): number {
  const { peakPerSecond, away } = plan.ask;
  const load = largestLoadPerSecond(modelOf(configuration, shares, service), promiseOf(plan));
  return podsFor(peakPerSecond, load, away);
}
