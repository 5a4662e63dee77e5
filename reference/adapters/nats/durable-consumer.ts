import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type ConsumerConfig,
  type JetStreamManager,
} from "@nats-io/jetstream";
import { millis, nanos } from "@nats-io/nats-core";

import { durableName } from "../../domain/subjects.ts";
import type { ConsumeOptions } from "../../ports/mod.ts";

/** What the settings say about consumers. */
export interface ConsumerSettings {
  readonly ackWaitMs: number;
  readonly maxAckPending: number;
}

/** The consumer as it is on the server. */
export interface DurableConsumer {
  readonly stream: string;
  readonly name: string;
  readonly ackWaitMs: number;
}

/**
 * The durable consumer that all replicas of a queue share; created when missing. An existing one is left as it is,
 * and its own acknowledgement wait counts.
 */
export async function ensureConsumer(
  manager: JetStreamManager,
  options: Pick<ConsumeOptions, "stream" | "subject" | "queue">,
  settings: ConsumerSettings,
): Promise<DurableConsumer> {
  const name = durableName(options.queue, options.subject);
  const config =
    (await find(manager, options.stream, name)) ??
    (await manager.consumers.add(options.stream, configOf(name, options.subject, settings))).config;
  const ackWaitMs = millis(config.ack_wait ?? nanos(settings.ackWaitMs));
  return { stream: options.stream, name, ackWaitMs };
}

async function find(manager: JetStreamManager, stream: string, name: string): Promise<ConsumerConfig | undefined> {
  try {
    return (await manager.consumers.info(stream, name)).config;
  } catch (thrown) {
    if (thrown instanceof JetStreamApiError && thrown.code === JetStreamApiCodes.ConsumerNotFound) return undefined;
    throw thrown;
  }
}

/** Creating the same consumer twice is no error, so that replicas may race. */
function configOf(name: string, subject: string, settings: ConsumerSettings): Partial<ConsumerConfig> {
  return {
    durable_name: name,
    filter_subject: subject,
    deliver_policy: DeliverPolicy.All,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(settings.ackWaitMs),
    max_ack_pending: settings.maxAckPending,
    // Giving up is the handler's decision, which records the cause. A count of the server would lose the message.
    max_deliver: -1,
  };
}
