import { AuthorizationError, type ConnectionOptions, type NatsConnection } from "@nats-io/nats-core";
import { connect } from "@nats-io/transport-node";

import { EnvironmentError, messageOf, type Clock } from "../../../core/mod.ts";
import type { Log } from "../../ports/mod.ts";
import { Link } from "./link.ts";
import { readNatsUrl, type NatsAddress } from "./nats-address.ts";
import { retryWithin } from "./patience.ts";

/** A server that does not answer pings is given up after (maxPingOut + 1) intervals: 9 s. */
const lasting: ConnectionOptions = {
  maxReconnectAttempts: -1,
  ignoreAuthErrorAbort: true,
  reconnectTimeWait: 250,
  reconnectJitter: 100,
  timeout: 2_000,
  pingInterval: 3_000,
  maxPingOut: 2,
  // Capturing a stack trace for each request halves the publish rate.
  noAsyncTraces: true,
  // Only the configured addresses are used: a proxy or a firewall put there must not be bypassed.
  ignoreClusterUpdates: true,
};

/**
 * Connects to NATS, and stays connected: after the first success, it reconnects for ever.
 *
 * @param options.name - shown in the server's connection list
 * @param options.withinMs - how long the server may be away at start
 * @throws EnvironmentError `nats_away` when no server answers in time, `nats_refused` when it refuses the login.
 */
export async function connectNats(
  url: string,
  options: { clock: Clock; log: Log; name: string; withinMs: number },
): Promise<Link> {
  const address = readNatsUrl(url);
  const { clock, log } = options;
  try {
    const client = await retryWithin(clock, options.withinMs, () => dial(address, options.name), isRefusal);
    log.info("NATS connected", { server: client.getServer(), version: client.info?.version });
    return new Link(client, clock, log);
  } catch (thrown) {
    throw failure(address, options.withinMs, thrown);
  }
}

function dial(address: NatsAddress, name: string): Promise<NatsConnection> {
  return connect({
    ...lasting,
    ...address.login,
    ...(address.tls ? { tls: {} } : {}),
    servers: [...address.servers],
    ...(name === "" ? {} : { name }),
  });
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof AuthorizationError;
}

function failure(address: NatsAddress, withinMs: number, thrown: unknown): EnvironmentError {
  if (isRefusal(thrown)) {
    return new EnvironmentError(
      "nats_refused",
      `NATS at ${address.readable} refuses the login`,
      "put the user and password, or the token, into NATS_URL",
      thrown,
    );
  }
  return new EnvironmentError(
    "nats_away",
    `NATS at ${address.readable} did not answer within ${withinMs} ms: ${messageOf(thrown)}`,
    "start nats-server with JetStream there, or correct NATS_URL",
    thrown,
  );
}
