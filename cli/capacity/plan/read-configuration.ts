import {
  throughputPerSecond,
  type ArrivalPlan,
  type BusConfiguration,
  type ServicePlan,
  type TopicPlan,
} from "../../../capacity/mod.ts";
import { messageBusDefaults } from "../../../reference/messagebus/mod.ts";
import type { PlanNode } from "./plan-node.ts";

const bytes = { B: 1, KiB: 1_024, MiB: 1_048_576 } as const;

/** More messages a second than one generator can offer on time. */
const offeredMost = 10_000;

const minuteMs = 60_000;

/** Reads one bus: what is left out is as the reference has it. */
export function readConfiguration(name: string, node: PlanNode): BusConfiguration {
  const read = node.table(["shards", "workers", "queueSize", "service", "topics", "arrivals", "payload"]);
  if (!read.service)
    throw node.complaint(`"service" is missing`, "say how long a handler works, such as service: 25ms");
  const configuration: BusConfiguration = {
    name,
    shards: read.shards?.whole(1, 1_024) ?? messageBusDefaults.shards,
    workersPerShard: read.workers?.whole(1, 10_000) ?? messageBusDefaults.workersPerShard,
    queueSize: read.queueSize?.whole(10, 100_000) ?? messageBusDefaults.queueSizeMax,
    service: readService(read.service),
    topics: read.topics === undefined ? { count: 1_000, zipf: 0 } : readTopics(read.topics),
    arrivals: read.arrivals === undefined ? { process: "poisson" } : readArrivals(read.arrivals),
    payloadBytes: read.payload?.quantity(bytes, 1, messageBusDefaults.messageBytesMax / 2) ?? bytes.KiB,
  };
  refuseTooFast(configuration, node);
  return configuration;
}

/** `25ms` alone, or with its spread and its kind of work. */
function readService(node: PlanNode): ServicePlan {
  if (node.isText()) return { meanMs: node.durationMs(0.1, minuteMs), spread: "exponential", work: "wait" };
  const { mean, spread, work } = node.table(["mean", "spread", "work"]);
  if (!mean) throw node.complaint(`"mean" is missing`, "say how long a handler works, such as mean: 25ms");
  return {
    meanMs: mean.durationMs(0.1, minuteMs),
    spread: spread?.oneOf(["exponential", "fixed"]) ?? "exponential",
    work: work?.oneOf(["wait", "burn"]) ?? "wait",
  };
}

function readTopics(node: PlanNode): TopicPlan {
  const { count, zipf } = node.table(["count", "zipf"]);
  return { count: count?.whole(1, 100_000) ?? 1_000, zipf: zipf?.number(0, 10) ?? 0 };
}

/** `poisson`, `uniform`, or `bursts: 16`. */
function readArrivals(node: PlanNode): ArrivalPlan {
  if (node.isText()) return { process: node.oneOf(["poisson", "uniform"]) };
  const { bursts } = node.table(["bursts"]);
  if (!bursts) throw node.complaint("says nothing", "write poisson, uniform, or { bursts: 16 }");
  return { process: "bursts", of: bursts.whole(1, 1_000) };
}

function refuseTooFast({ shards, workersPerShard, service }: BusConfiguration, node: PlanNode): void {
  if (service.work === "burn") return;
  const perSecond = throughputPerSecond({ shards, workersPerShard, meanServiceMs: service.meanMs });
  if (perSecond <= offeredMost) return;
  throw node.complaint(
    `it would serve ${Math.round(perSecond)} msg/s, more than the ${offeredMost} that the generator can offer on time`,
    "take fewer workers, or a longer service time",
  );
}
