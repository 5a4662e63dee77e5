import { sustainablePerSecond, type BusConfiguration, type CapacityPlan } from "../../../capacity/mod.ts";
import { readableMs, UsageError } from "../../../core/mod.ts";
import { shardShares } from "../bus/topics.ts";

/** A window with fewer messages, or bursts, says nothing about the mean. */
const messagesLeast = 10;
const burstsLeast = 3;

/** What a window leaves behind must be worked off within a minute; this leaves room for a slow machine. */
const backlogMsMost = 40_000;

/** Of an exponential service time, one message in 20,000 lasts longer than this many means. */
const longestMeans = 10;

/**
 * Refuses a plan whose windows would see next to nothing, or would leave more behind than can be waited for: both
 * look like figures, and are none.
 *
 * @throws UsageError naming the configuration, and what to change.
 */
export function assertMeasurable(plan: CapacityPlan): void {
  for (const configuration of plan.configurations) {
    assertSeen(plan, configuration);
    assertWorkedOff(plan, configuration);
  }
}

function assertSeen({ measure, sweep }: CapacityPlan, configuration: BusConfiguration): void {
  const perSecond = plannedLimit(configuration);
  const { arrivals, name } = configuration;
  const together = arrivals.process === "bursts" ? arrivals.of : 1;
  const least = Math.max(messagesLeast, burstsLeast * together);
  for (const { utilisations, lastingMs } of [measure, sweep]) {
    const expected = (Math.min(...utilisations) * perSecond * lastingMs) / 1_000;
    if (expected >= least) continue;
    const neededMs = (least * lastingMs) / expected;
    throw new UsageError(
      `A window of ${readableMs(lastingMs)} would see ${expected.toFixed(1)} messages of the bus "${name}", and needs ${least}`,
      `let windows last ${readableMs(Math.ceil(neededMs))}, or make its service shorter`,
    );
  }
}

function assertWorkedOff({ measure, sweep }: CapacityPlan, { service, name }: BusConfiguration): void {
  const slowest = service.meanMs * (service.spread === "fixed" ? 1 : longestMeans);
  const backlogs = [measure, sweep].map(({ utilisations, lastingMs }) => {
    const excess = Math.max(0, Math.max(...utilisations) - 1);
    return excess * (measure.warmUpMs + lastingMs) + slowest;
  });
  const backlogMs = Math.max(...backlogs);
  if (backlogMs <= backlogMsMost) return;
  throw new UsageError(
    `What a window leaves behind on the bus "${name}" would take ${readableMs(Math.round(backlogMs))} to work off, and at most ${readableMs(backlogMsMost)} is waited for`,
    "make its service shorter, the windows shorter, or the highest utilisation smaller",
  );
}

function plannedLimit({ shards, topics, workersPerShard, service }: BusConfiguration): number {
  return sustainablePerSecond({
    shares: shardShares(shards, topics),
    workersPerShard,
    meanServiceMs: service.meanMs,
  });
}
