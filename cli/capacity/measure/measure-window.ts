import type { BusConfiguration, WindowFigures } from "../../../capacity/mod.ts";
import type { Clock, Random } from "../../../core/mod.ts";
import type { BusProcess } from "../bus/bus-process.ts";
import { makeTraffic } from "../bus/traffic.ts";
import { offer } from "./offer.ts";
import { windowFigures } from "./window-figures.ts";

/** A bus that runs, and what all of its windows share. */
export interface Bench {
  readonly bus: BusProcess;
  readonly configuration: BusConfiguration;
  readonly hottestShard: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly ledger: WindowLedger;
}

/** Counts over all windows, by the harness's own record. */
export interface WindowLedger {
  offered: number;
  refused: number;
  delivered: number;
}

/** One load for one time. */
export interface WindowPlan {
  /** Names the window's chance: the same name draws the same traffic. */
  readonly name: string;
  readonly utilisation: number;
  readonly perSecond: number;
  readonly warmUpMs: number;
  readonly lastingMs: number;
}

/** Enough for the first messages to be planned before they are due. */
const headStartMs = 20;

/** A backlog that takes longer than this to work off counts as lost. */
const settleMs = 60_000;

/** Offers a load, and sees what comes of it. All of it has ended when this returns. */
export async function measureWindow(bench: Bench, window: WindowPlan): Promise<WindowFigures> {
  const { bus, clock, configuration, signal } = bench;
  const wholeMs = window.warmUpMs + window.lastingMs;
  const traffic = makeTraffic(configuration, window.perSecond, wholeMs, bench.random.fork(window.name));
  await bus.open(traffic.dueMs.length);
  const beganAtMs = clock.now() + headStartMs;
  const [fromMs, toMs] = [beganAtMs + window.warmUpMs, beganAtMs + wholeMs];
  const [lagMs, begin, end] = await Promise.all([
    offer(traffic, beganAtMs, { publish: (order) => bus.publish(order), clock, signal }),
    clock.sleep(headStartMs + window.warmUpMs, signal).then(() => bus.mark()),
    clock.sleep(headStartMs + wholeMs, signal).then(() => bus.mark()),
  ]);
  const record = await bus.settle(settleMs);
  bench.ledger.offered += traffic.dueMs.length;
  bench.ledger.refused += record.refused;
  bench.ledger.delivered += record.endedAtMs.filter((at) => !Number.isNaN(at)).length;
  const { utilisation } = window;
  const { shards, workersPerShard } = configuration;
  const { hottestShard } = bench;
  const marks = [begin, end] as const;
  return windowFigures({ utilisation, fromMs, toMs, shards, workersPerShard, hottestShard, record, lagMs, marks });
}
