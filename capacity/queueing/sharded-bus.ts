import { requireInnerShare, requirePositive, requireShares } from "../figures.ts";
import { queueOf, shareWaitingBeyond, type Queue, type StableQueue, type Station } from "./station.ts";

/** A bus of shards, each with its own queue and workers: no worker helps out at another shard. */
export interface ShardedBus {
  /** The part of all messages that each shard gets; together 1. */
  readonly shares: readonly number[];
  readonly workersPerShard: number;
  readonly meanServiceMs: number;
  /** Of all arrivals together, before they part ways. @defaultValue 1 */
  readonly arrivalCv2?: number;
  /** @defaultValue 1 */
  readonly serviceCv2?: number;
}

/** What becomes of a bus at some load. */
export interface BusQueues {
  /** One for each shard, in order. */
  readonly shards: readonly Queue[];
  /** The queue of the shard with the largest share. */
  readonly hottest: Queue;
  /** Messages a second that pile up, over all shards that cannot keep up. */
  readonly growthPerSecond: number;
  /** Over all messages; undefined where a shard is unstable. */
  readonly meanWaitMs: number | undefined;
  readonly meanLength: number | undefined;
}

/**
 * The most that a bus can serve without a queue that grows for ever: w / (s · p_max). The hottest shard binds.
 *
 * @throws UsageError
 */
export function sustainablePerSecond({ shares, workersPerShard, meanServiceMs }: ShardedBus): number {
  requireShares(shares);
  requirePositive({ meanServiceMs });
  return (workersPerShard * 1_000) / (meanServiceMs * Math.max(...shares));
}

/**
 * Every shard as a station of its own.
 *
 * A stream that is split at random keeps part of its variability: Ca² of a part p is 1 + p(Ca² − 1)
 * (W. Whitt, "The Queueing Network Analyzer", Bell System Technical Journal 62(9), 1983, section 4.4).
 *
 * @throws UsageError
 */
export function busQueues(bus: ShardedBus, arrivalsPerSecond: number): BusQueues {
  requireShares(bus.shares);
  const shards = bus.shares.map((share) => queueOf(stationOf(bus, share, arrivalsPerSecond)));
  const stable = shards.filter((queue): queue is StableQueue => queue.stable);
  const allStable = stable.length === shards.length;
  return {
    shards,
    hottest: queueOf(stationOf(bus, Math.max(...bus.shares), arrivalsPerSecond)),
    growthPerSecond: sum(shards.map((queue) => (queue.stable ? 0 : queue.growthPerSecond))),
    meanWaitMs: allStable ? sum(stable.map((queue, shard) => (bus.shares[shard] ?? 0) * queue.meanWaitMs)) : undefined,
    meanLength: allStable ? sum(stable.map(({ meanLength }) => meanLength)) : undefined,
  };
}

/**
 * The wait that this share of all messages does not exceed, whichever shard they go through; undefined where a shard
 * is unstable.
 *
 * @throws UsageError
 */
export function busWaitPercentileMs(bus: ShardedBus, arrivalsPerSecond: number, share: number): number | undefined {
  requireInnerShare("share", share);
  const { shards } = busQueues(bus, arrivalsPerSecond);
  const stable = shards.filter((queue): queue is StableQueue => queue.stable);
  if (stable.length < shards.length) return undefined;
  const beyond = (waitMs: number): number =>
    sum(stable.map((queue, shard) => (bus.shares[shard] ?? 0) * shareWaitingBeyond(queue, waitMs)));
  if (beyond(0) <= 1 - share) return 0;
  return fallingRoot((waitMs) => beyond(waitMs) - (1 - share));
}

function stationOf({ workersPerShard, ...bus }: ShardedBus, share: number, arrivalsPerSecond: number): Station {
  const { meanServiceMs, arrivalCv2 = 1, serviceCv2 = 1 } = bus;
  return {
    servers: workersPerShard,
    arrivalsPerSecond: arrivalsPerSecond * share,
    meanServiceMs,
    arrivalCv2: 1 + share * (arrivalCv2 - 1),
    serviceCv2,
  };
}

/** Where a falling function that is positive at 0 crosses zero. */
function fallingRoot(at: (x: number) => number): number {
  let [low, high] = [0, 1];
  while (at(high) > 0) [low, high] = [high, high * 2];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (at(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
