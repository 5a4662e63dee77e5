import {
  busQueues,
  busWaitPercentileMs,
  sustainablePerSecond,
  type BusConfiguration,
  type ModelPoint,
  type ShardedBus,
  type WindowFigures,
} from "../../../capacity/mod.ts";
import { arrivalCv2 } from "../bus/traffic.ts";

/** What a service was measured to be. */
export interface MeasuredService {
  readonly serviceMs: number;
  readonly serviceCv2: number;
}

/**
 * The queueing model of a configuration, fed with the service time that was measured.
 *
 * Where handlers wait, each shard is a station with its workers. Where they burn the CPU they take turns on the one
 * thread that all shards share: one station with one server, whatever the numbers of shards and workers.
 */
export function modelOf(
  configuration: BusConfiguration,
  shares: readonly number[],
  { serviceMs, serviceCv2 }: MeasuredService,
): ShardedBus {
  const burns = configuration.service.work === "burn";
  return {
    shares: burns ? [1] : shares,
    workersPerShard: burns ? 1 : configuration.workersPerShard,
    meanServiceMs: serviceMs,
    serviceCv2,
    arrivalCv2: arrivalCv2(configuration),
  };
}

/** What the model leaves out or puts differently, for the reader. */
export function modelNote({ service, arrivals }: BusConfiguration): string | undefined {
  if (service.work === "burn") {
    return "Handlers burn the CPU of the bus's one thread, so the model is one server, whatever the workers.";
  }
  if (arrivals.process === "bursts") {
    return "Bursts count as arrivals whose variability is their size; a topic's own part of a burst is thinned.";
  }
  return undefined;
}

/** The model's waits from nearly idle to nearly overloaded. */
export function modelCurve(bus: ShardedBus): ModelPoint[] {
  const limit = sustainablePerSecond(bus);
  return Array.from({ length: 49 }, (_, step) => ((step + 1) / 50) * limit).map((offeredPerSecond) => ({
    offeredPerSecond,
    p50WaitMs: busWaitPercentileMs(bus, offeredPerSecond, 0.5) ?? 0,
    p99WaitMs: busWaitPercentileMs(bus, offeredPerSecond, 0.99) ?? 0,
  }));
}

/** The model's waits at one load; undefined where a queue grows for ever. */
export function modelWaits(
  bus: ShardedBus,
  perSecond: number,
): { meanMs: number; p99Ms: number; growthPerSecond: number } | undefined {
  const { meanWaitMs, growthPerSecond } = busQueues(bus, perSecond);
  const p99Ms = busWaitPercentileMs(bus, perSecond, 0.99);
  return meanWaitMs === undefined || p99Ms === undefined ? undefined : { meanMs: meanWaitMs, p99Ms, growthPerSecond };
}

/** The service of all messages of some windows. */
export function pooledService(windows: readonly WindowFigures[]): MeasuredService {
  const messages = windows.reduce((sum, window) => sum + window.messages, 0);
  const weigh = (figure: (window: WindowFigures) => number): number =>
    windows.reduce((sum, window) => sum + figure(window) * window.messages, 0) / Math.max(1, messages);
  const serviceMs = weigh((window) => window.serviceMs);
  const squares = weigh((window) => (window.serviceCv2 + 1) * window.serviceMs ** 2);
  return { serviceMs, serviceCv2: squares / serviceMs ** 2 - 1 };
}
