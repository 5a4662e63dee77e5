import exec from "k6/execution";
import { Trend } from "k6/metrics";

import { operationMetric, type K6Plan, type K6Stream } from "./plan.ts";

/** What this run of k6 is to do. */
export const plan = JSON.parse(__ENV["SEATRIAL_LOAD"] ?? "{}") as K6Plan;

/** The stream behind a k6 scenario. */
export function stream(scenario: string): K6Stream {
  const found = plan.streams[scenario];
  if (!found) throw new Error(`no stream is named ${scenario}`);
  return found;
}

const operation = new Trend(operationMetric, true);

/**
 * Emits a point for one operation that is over. Its facts are metadata and no tags: each has its own, and k6 keeps a
 * time series for every tag that it has seen.
 */
export function keepOperation(tookMs: number, facts: Readonly<Record<string, string>>): void {
  Object.assign(exec.vu.metrics.metadata, facts);
  operation.add(tookMs, { scenario: exec.scenario.name });
}
