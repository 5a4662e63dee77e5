import { AuthorizationError } from "@nats-io/nats-core";

import { EnvironmentError, messageOf, type Clock } from "../../../core/mod.ts";
import type { Log } from "../../ports/mod.ts";
import { Link } from "./link.ts";
import { readNatsUrl, type NatsAddress } from "./nats-address.ts";
import type { DialNats } from "./nats-client.ts";
import { retryWithin } from "./patience.ts";

/**
 * Connects to NATS, and stays connected: after the first success, it reconnects for ever.
 *
 * @param options.name - shown in the server's connection list
 * @param options.withinMs - how long the server may be away at start
 * @throws EnvironmentError `nats_away` when no server answers in time, `nats_refused` when it refuses the login.
 */
export async function connectNats(
  url: string,
  options: { dial: DialNats; clock: Clock; log: Log; name: string; withinMs: number },
): Promise<Link> {
  const address = readNatsUrl(url);
  const { dial, clock, log, name, withinMs } = options;
  try {
    const client = await retryWithin(clock, withinMs, () => dial({ address, name }), isRefusal);
    log.info("NATS connected", { server: client.getServer(), version: client.info?.version });
    return new Link(client, clock, log);
  } catch (thrown) {
    throw failure(address, withinMs, thrown);
  }
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
