import { messageOf, type Clock } from "../../core/mod.ts";
import type { Bus, DeadLetters, Intent, Jobs, Log, Metrics, Outbox, OutboxEntry } from "../ports/mod.ts";

/** What the relay needs of the environment. */
export interface RelayParts {
  readonly jobs: Pick<Jobs, "settle">;
  readonly bus: Pick<Bus, "publish">;
  readonly deadLetters: Pick<DeadLetters, "record">;
  readonly metrics: Pick<Metrics, "count">;
  readonly log: Log;
  readonly clock: Pick<Clock, "unixMs">;
}

/** The outbox, and a way to wait for its settlements. */
export interface OutboxRelay extends Outbox {
  /** Resolves when no settlement is on its way any more: to be awaited before the store is closed. */
  flush(): Promise<void>;
}

type Subject = Parameters<Outbox["deliver"]>[0];

/**
 * Delivers outbox entries: publishes over the bus, records dead letters, and then settles the entry.
 *
 * Every intent can be repeated without harm (a publish carries its message id, a dead letter has one entry for each
 * job), so an entry that failed in part is simply left whole to the sweep. The caller waits for the deliveries and
 * not for the settlement: one that gets lost costs one more delivery.
 */
export function outboxRelay(parts: RelayParts): OutboxRelay {
  const settlements = new Set<Promise<unknown>>();
  return {
    async deliver(job, entry, path = "at-once") {
      const failures = await deliverAll(parts, job, entry.intents);
      if (failures.length > 0) return leaveToSweep(parts, job.id, entry, failures);
      parts.metrics.count("outboxDelivered", { path });
      const settlement: Promise<unknown> = settle(parts, job.id, entry.revision).finally(() => {
        settlements.delete(settlement);
      });
      settlements.add(settlement);
    },
    async flush() {
      while (settlements.size > 0) await Promise.all(settlements);
    },
  };
}

async function deliverAll(parts: RelayParts, job: Subject, intents: readonly Intent[]): Promise<unknown[]> {
  const outcomes = await Promise.allSettled(intents.map((intent) => deliverOne(parts, job, intent)));
  return outcomes.filter((outcome) => outcome.status === "rejected").map((outcome) => outcome.reason as unknown);
}

async function deliverOne(parts: RelayParts, job: Subject, intent: Intent): Promise<void> {
  switch (intent.kind) {
    case "publish":
      await parts.bus.publish({ subject: intent.subject, id: intent.id, body: intent.body });
      return;
    case "dead-letter":
      await recordDeadLetter(parts, job, intent.cause);
      return;
  }
}

async function recordDeadLetter(parts: RelayParts, job: Subject, cause: string): Promise<void> {
  await parts.deadLetters.record({
    id: job.id,
    topic: job.topic,
    cause,
    lastState: job.state,
    attempts: job.epoch,
    createdUnixMs: parts.clock.unixMs(),
  });
  parts.metrics.count("deadLetters", { cause });
}

/** At debug level: while the bus is away this happens for each job, and the counter tells it all. */
function leaveToSweep(parts: RelayParts, job: string, entry: OutboxEntry, failures: readonly unknown[]): void {
  parts.metrics.count("outboxFailed");
  parts.log.debug("outbox entry left to the sweep", {
    job,
    revision: entry.revision,
    failures: failures.map(messageOf),
  });
}

/** Never rejects: an entry that stays unsettled is delivered once more, which its message ids make harmless. */
async function settle(parts: RelayParts, job: string, revision: number): Promise<void> {
  try {
    await parts.jobs.settle(job, revision);
  } catch (thrown) {
    parts.log.debug("outbox entry not settled", { job, revision, because: messageOf(thrown) });
  }
}
