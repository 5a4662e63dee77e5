import type { JetStreamManager } from "@nats-io/jetstream";

import type { Clock } from "../../../core/mod.ts";
import type { Config } from "../../config/config.ts";
import type { Bus, Consumption, Log, Metrics } from "../../ports/mod.ts";
import { broadcast, listen } from "./broadcasts.ts";
import { connectNats } from "./connect-nats.ts";
import { consume } from "./consume.ts";
import { jetStreamOf } from "./jet-stream.ts";
import type { Link } from "./link.ts";
import type { DialNats } from "./nats-client.ts";
import { Publisher } from "./publisher.ts";
import { prepareStreams } from "./streams.ts";
import type { Unstarted } from "./unstarted.ts";

export { dialNats } from "./dial-nats.ts";
export * from "./nats-client.ts";
export type { Unstarted } from "./unstarted.ts";

/** The settings that the bus reads. */
export type BusConfig = Pick<
  Config,
  | "instance"
  | "natsUrl"
  | "natsAckWaitMs"
  | "natsMaxAgeMs"
  | "natsReplicas"
  | "natsMaxAckPending"
  | "natsPublishTimeoutMs"
>;

/** What the bus is made with. */
export interface BusParts {
  readonly dial: DialNats;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** What a stopping consumption does with unstarted messages. @defaultValue "hand-back" */
  readonly unstarted?: Unstarted;
  /** How long NATS may be away, or without a leader, at start. @defaultValue 10 s */
  readonly startWithinMs?: number;
}

/** The bus, and how to leave it. */
export interface NatsBus extends Bus {
  /** Stops what is still being consumed, sends what is buffered, and disconnects. */
  close(): Promise<void>;
}

/**
 * The message bus on NATS JetStream. Creates the two streams when they are missing.
 *
 * @throws EnvironmentError `nats_away`, `nats_refused`, `jetstream_off` or `stream_refused`.
 */
export async function connectBus(config: BusConfig, parts: BusParts): Promise<NatsBus> {
  const { dial, clock, log, startWithinMs: withinMs = 10_000 } = parts;
  const link = await connectNats(config.natsUrl, { dial, clock, log, name: config.instance, withinMs });
  try {
    const manager = await jetStreamOf(link.client);
    const streamSettings = { maxAgeMs: config.natsMaxAgeMs, replicas: config.natsReplicas };
    const offersJetStream = link.client.info?.jetstream === true;
    await prepareStreams(manager, streamSettings, { clock, log, withinMs, offersJetStream });
    return busOn(link, manager, config, { unstarted: "hand-back", startWithinMs: withinMs, ...parts });
  } catch (thrown) {
    await link.close();
    throw thrown;
  }
}

function busOn(link: Link, manager: JetStreamManager, config: BusConfig, parts: Required<BusParts>): NatsBus {
  const { clock, log, metrics, unstarted, startWithinMs: withinMs } = parts;
  const publisher = new Publisher(link, { clock, metrics, timeoutMs: config.natsPublishTimeoutMs });
  const consumer = { ackWaitMs: config.natsAckWaitMs, maxAckPending: config.natsMaxAckPending };
  const consumptions: Consumption[] = [];
  return {
    publish: (message) => publisher.publish(message),
    broadcast: (subject, body) => broadcast(link, log, subject, body),
    listen: (subject, handler) => listen(link, subject, handler),
    connected: () => link.connected(),
    async consume(options, handler) {
      const shared = { link, manager, clock, log, metrics, consumer, unstarted, withinMs };
      const consumption = await consume(shared, options, handler);
      consumptions.push(consumption);
      return consumption;
    },
    async close() {
      await Promise.all(consumptions.map((consumption) => consumption.stop()));
      await link.close();
    },
  };
}
