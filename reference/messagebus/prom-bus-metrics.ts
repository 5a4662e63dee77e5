import { Counter, Gauge, Histogram, Registry } from "prom-client";

import { busMetricTable, type BusMetricKey, type BusMetrics } from "./bus-metrics.ts";
import type { BusStats } from "./bus-stats.ts";

/** Topics with a label of their own; each costs a dozen lines in every scrape. */
const topicLabelsMax = 100;

/** The metrics of one bus in the Prometheus format. */
export interface PromBusMetrics extends BusMetrics {
  /** All metrics as text; the gauges show these statistics. */
  expose(stats: BusStats): Promise<string>;
}

/** Metrics in a registry of their own. Topics beyond the first hundred are counted together, as `other`. */
export function promBusMetrics(): PromBusMetrics {
  const registry = new Registry();
  const counters = collect("counter", (key) => new Counter(optionsOf(key, registry)));
  const histograms = collect("histogram", (key) => new Histogram({ ...optionsOf(key, registry), ...bucketsOf(key) }));
  const gauges = collect("gauge", (key) => new Gauge(optionsOf(key, registry)));
  const bounded = boundedTopics();
  return {
    count: (metric, labels) => pick(counters, metric).inc(bounded(labels)),
    observe: (metric, seconds, labels) => pick(histograms, metric).observe(bounded(labels), seconds),
    async expose(stats) {
      for (const gauge of gauges.values()) gauge.reset();
      for (const { metric, labels, value } of readings(stats)) pick(gauges, metric).set(labels, value);
      return await registry.metrics();
    },
  };
}

interface Reading {
  readonly metric: BusMetricKey;
  readonly labels: Record<string, string>;
  readonly value: number;
}

function readings({ shards, deadLetters }: BusStats): Reading[] {
  const ofShards = shards.flatMap(({ shard: number, depth, busyWorkers, paused }): Reading[] => {
    const shard = String(number);
    return [
      { metric: "queueSize", labels: { shard, queue: "normal" }, value: depth.normal },
      { metric: "queueSize", labels: { shard, queue: "high" }, value: depth.high },
      { metric: "busyWorkers", labels: { shard }, value: busyWorkers },
      { metric: "paused", labels: { shard }, value: paused ? 1 : 0 },
    ];
  });
  return [...ofShards, { metric: "deadLetters", labels: {}, value: deadLetters.held }];
}

function boundedTopics(): (labels: Readonly<Record<string, string>>) => Record<string, string> {
  const topics = new Set<string>();
  return (labels) => {
    const { topic } = labels;
    if (topic === undefined || topics.has(topic)) return labels;
    if (topics.size >= topicLabelsMax) return { ...labels, topic: "other" };
    topics.add(topic);
    return labels;
  };
}

function collect<Kind>(type: string, make: (key: BusMetricKey) => Kind): ReadonlyMap<BusMetricKey, Kind> {
  const keys = Object.keys(busMetricTable) as BusMetricKey[];
  return new Map(keys.filter((key) => busMetricTable[key].type === type).map((key) => [key, make(key)]));
}

function optionsOf(key: BusMetricKey, registry: Registry) {
  const { name, help, labels } = busMetricTable[key];
  return { name, help, labelNames: [...labels], registers: [registry] };
}

function bucketsOf(key: BusMetricKey): { buckets?: number[] } {
  const definition = busMetricTable[key];
  return "buckets" in definition ? { buckets: [...definition.buckets] } : {};
}

function pick<Kind>(metrics: ReadonlyMap<BusMetricKey, Kind>, key: BusMetricKey): Kind {
  const metric = metrics.get(key);
  if (!metric) throw new Error(`${key} is a ${busMetricTable[key].type}, and cannot be used as another type`);
  return metric;
}
