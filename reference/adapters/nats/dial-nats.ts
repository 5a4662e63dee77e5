import { createInbox, type ConnectionOptions } from "@nats-io/nats-core";
import { connect } from "@nats-io/transport-node";

import { natsPatience, type NatsClient, type NatsDialOptions } from "./nats-client.ts";

const lasting: ConnectionOptions = {
  maxReconnectAttempts: -1,
  ignoreAuthErrorAbort: true,
  reconnectTimeWait: natsPatience.reconnectWaitMs,
  reconnectJitter: natsPatience.reconnectJitterMs,
  timeout: natsPatience.connectMs,
  pingInterval: natsPatience.pingIntervalMs,
  maxPingOut: natsPatience.maxPingOut,
  // Capturing a stack trace for each request halves the publish rate.
  noAsyncTraces: true,
  // Only the configured addresses are used: a proxy or a firewall put there must not be bypassed.
  ignoreClusterUpdates: true,
};

/** Connects by `@nats-io/transport-node`, on a real socket. */
export async function dialNats({ address, name }: NatsDialOptions): Promise<NatsClient> {
  const connection = await connect({
    ...lasting,
    ...address.login,
    ...(address.tls ? { tls: {} } : {}),
    servers: [...address.servers],
    ...(name === "" ? {} : { name }),
  });
  return Object.assign(connection, { newInbox: () => createInbox() });
}
