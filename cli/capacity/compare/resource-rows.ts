import {
  cpuPerPodCores,
  queueCapacityMessages,
  spreadOf,
  threadsPerPod,
  type ComparisonRow,
  type WindowFigures,
} from "../../../capacity/mod.ts";
import { messageBusDefaults } from "../../../reference/messagebus/mod.ts";
import type { Evidence } from "./evidence.ts";
import { row } from "./row.ts";

/** What the seed's worked example takes a worker and a pod to need, in cores. */
const seedAssumes = { coresPerWorker: 0.05, overheadCores: 0.5 } as const;

/** Less CPU than this is lost in what the process does anyway. */
const negligibleCores = 0.02;

/** Less than this is what a clock tick is worth. */
const negligibleCpuMs = 0.05;

/** What the bus holds, weighs and burns. */
export function resourceRows(evidence: Evidence): ComparisonRow[] {
  return [queueRow, memoryRow, messageCpuRow, coresRow].map((rowOf) => rowOf(evidence)).concat(threadRows(evidence));
}

function queueRow({ plan, configuration, fill }: Evidence): ComparisonRow {
  const { shards, queueSize } = configuration;
  const model = shards * Math.ceil(queueSize * messageBusDefaults.pauseAt);
  const subject = {
    figure: "messages queued before 429",
    unit: "count",
    better: "more",
    within: tolerance(plan),
  } as const;
  return row(subject, { formula: queueCapacityMessages({ shards, queueSize }), model }, spreadOf([fill.messages]));
}

/** The formula counts the payload alone. */
function memoryRow({ plan, configuration, fill }: Evidence): ComparisonRow {
  const subject = {
    figure: "memory of a queued message",
    unit: "bytes",
    better: "less",
    within: tolerance(plan),
  } as const;
  return row(subject, { formula: configuration.payloadBytes }, spreadOf([fill.bytes / fill.messages]));
}

/** By the seed's example a worker is busy with a message all of its time, and takes so much of a core. */
function messageCpuRow({ plan, windows, service }: Evidence): ComparisonRow {
  const measured = spreadOf(windows.map(({ cpuMsPerMessage }) => cpuMsPerMessage));
  const within = { ...tolerance(plan), negligible: negligibleCpuMs };
  const subject = { figure: "CPU of a message", unit: "ms", better: "less", within } as const;
  return row(subject, { formula: seedAssumes.coresPerWorker * service.serviceMs }, measured);
}

/** The model goes in proportion: the CPU of a message at the least load, times the messages at the largest. */
function coresRow({ plan, configuration, windows }: Evidence): ComparisonRow {
  const { shards, workersPerShard } = configuration;
  const loads = windows.map(({ utilisation }) => utilisation);
  const [least, most] = [at(Math.min(...loads), windows), at(Math.max(...loads), windows)];
  const perMessageMs = spreadOf(least.map(({ cpuMsPerMessage }) => cpuMsPerMessage)).median;
  const perSecond = spreadOf(most.map(({ deliveredPerSecond }) => deliveredPerSecond)).median;
  const predictions = {
    formula: cpuPerPodCores({ workers: shards * workersPerShard, ...seedAssumes }),
    model: (perMessageMs * perSecond) / 1_000,
  };
  const within = { ...tolerance(plan), negligible: negligibleCores };
  const subject = { figure: `cores busy at ${Math.max(...loads)}`, unit: "cores", better: "less", within } as const;
  return row(subject, predictions, spreadOf(most.map(({ cpuCores }) => cpuCores)));
}

function threadRows({ plan, configuration, threads }: Evidence): ComparisonRow[] {
  if (threads === undefined) return [];
  const subject = { figure: "threads", unit: "count", better: "less", within: tolerance(plan) } as const;
  return [row(subject, { formula: threadsPerPod(configuration) }, spreadOf([threads]))];
}

function tolerance({ measure }: Evidence["plan"]): { percent: number } {
  return { percent: measure.holdsWithinPercent };
}

function at(load: number, windows: readonly WindowFigures[]): WindowFigures[] {
  return windows.filter(({ utilisation }) => utilisation === load);
}
