import type { ShardFigures, WaitFigures, WindowFigures } from "../../../capacity/mod.ts";
import type { Mark, WindowRecord } from "../bus/bus-messages.ts";

/** What was seen of a window, from all sides. */
export interface WindowEvidence {
  readonly utilisation: number;
  /** The measured part, after the warm-up; by the shared clock. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly shards: number;
  readonly workersPerShard: number;
  readonly hottestShard: number;
  readonly record: WindowRecord;
  readonly lagMs: Float64Array;
  readonly marks: readonly [begin: Mark, end: Mark];
}

/** The generator may be this late at its 99th percentile, or a mean service time, if that is longer. */
const lagMostMs = 5;

/** Turns the evidence of a window into figures. Messages belong to a window by when they were sent. */
export function windowFigures(evidence: WindowEvidence): WindowFigures {
  const { utilisation, fromMs, toMs, record, marks } = evidence;
  const seconds = (toMs - fromMs) / 1_000;
  const sent = indicesWhere(record.sentAtMs, (at) => at >= fromMs && at < toMs);
  const ended = indicesWhere(record.endedAtMs, (at) => at >= fromMs && at < toMs);
  const served = sent.filter((index) => !Number.isNaN(record.endedAtMs[index]));
  const service = served.map((index) => between(record.startedAtMs, record.endedAtMs, index));
  const shards = shardFigures(evidence, sent, ended);
  const cpuMs = marks[1].cpuMs - marks[0].cpuMs;
  const queued = served.map((index) => between(record.acceptedAtMs, record.takenAtMs, index));
  const serviceMs = mean(service);
  return {
    utilisation,
    offeredPerSecond: sent.length / seconds,
    deliveredPerSecond: ended.length / seconds,
    messages: sent.length,
    refused: record.refused,
    serviceMs,
    serviceCv2: serviceMs === 0 ? 0 : variance(service, serviceMs) / serviceMs ** 2,
    wait: waits(record, served),
    hottestWait: waits(
      record,
      served.filter((index) => record.shard[index] === evidence.hottestShard),
    ),
    shards,
    worstShardFollows: Math.min(1, ...shards.map(({ follows }) => follows)),
    worstShardWaitMs: Math.max(0, ...shards.map(({ p99WaitMs }) => p99WaitMs)),
    cpuCores: cpuMs / (marks[1].atMs - marks[0].atMs),
    cpuMsPerMessage: ended.length === 0 ? 0 : cpuMs / ended.length,
    little: { gauge: marks[1].meanQueued, byWaits: (served.length / seconds) * (mean(queued) / 1_000) },
    generator: generatorLag(evidence.lagMs, sent, Math.max(lagMostMs, serviceMs)),
  };
}

function shardFigures(evidence: WindowEvidence, sent: readonly number[], ended: readonly number[]): ShardFigures[] {
  const { record, shards, workersPerShard, fromMs, toMs } = evidence;
  // What is in hand at the end, and as much again, is no sign of a growing queue.
  const slack = 2 * workersPerShard;
  return Array.from({ length: shards }, (_, shard) => {
    const mine = sent.filter((index) => record.shard[index] === shard);
    const done = ended.filter((index) => record.shard[index] === shard).length;
    return {
      offered: mine.length,
      deliveredPerSecond: (done * 1_000) / (toMs - fromMs),
      follows: mine.length === 0 ? 1 : Math.min(1, (done + slack) / mine.length),
      p99WaitMs: waits(
        record,
        mine.filter((index) => !Number.isNaN(record.endedAtMs[index])),
      ).p99Ms,
    };
  });
}

function waits({ sentAtMs, startedAtMs }: WindowRecord, messages: readonly number[]): WaitFigures {
  const sorted = Float64Array.from(messages, (index) => Math.max(0, between(sentAtMs, startedAtMs, index))).toSorted();
  return {
    messages: sorted.length,
    meanMs: mean([...sorted]),
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
  };
}

function generatorLag(lagMs: Float64Array, sent: readonly number[], mostMs: number): WindowFigures["generator"] {
  const sorted = Float64Array.from(sent, (index) => lagMs[index] ?? 0).toSorted();
  const p99Ms = percentile(sorted, 0.99);
  return { p50Ms: percentile(sorted, 0.5), p99Ms, healthy: sent.length > 0 && p99Ms <= mostMs };
}

function indicesWhere(values: Float64Array, keep: (value: number) => boolean): number[] {
  const kept: number[] = [];
  for (const [index, value] of values.entries()) if (keep(value)) kept.push(index);
  return kept;
}

function between(fromMs: Float64Array, toMs: Float64Array, index: number): number {
  return (toMs[index] ?? 0) - (fromMs[index] ?? 0);
}

/** Nearest rank; 0 of nothing. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[], around: number): number {
  return mean(values.map((value) => (value - around) ** 2));
}
