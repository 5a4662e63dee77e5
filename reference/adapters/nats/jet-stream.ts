import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/nats-core";

import type { NatsClient } from "./nats-client.ts";

const requestTimeoutMs = 2_000;

/** What manages streams and consumers over this client. It asks nothing yet. */
export function jetStreamOf(client: NatsClient): Promise<JetStreamManager> {
  // It wants a whole connection, and uses what `NatsClient` names.
  return jetstreamManager(client as unknown as NatsConnection, { checkAPI: false, timeout: requestTimeoutMs });
}
