import type { Disturbed, ServerFault } from "../../../core/mod.ts";
import type { Kernel, Network, StoredMessage } from "../../../sim/mod.ts";
import { leaderKeys, type LeadingRole } from "../../fleet/leader.ts";
import { NatsNode } from "./nats-node.ts";
import { RedisServers } from "./redis-servers.ts";
import { serverStrikes } from "./server-strikes.ts";

/** The servers of a simulated world. */
export interface Servers {
  /** Who holds the lease of a role's leader, by the store's word; nothing when nobody does. */
  leaseOf(role: LeadingRole): string | undefined;
  /** Resolves when the fault is in force. @throws UsageError when the server is struck already */
  strike(fault: ServerFault): Promise<Disturbed>;
}

/** What servers are like besides. */
export interface ServersOptions {
  /** Whether Redis has a replica. @defaultValue false */
  readonly hasReplica?: boolean;
  /** Told, when a primary has been replaced, how many bytes of its writes nobody else has. @defaultValue nobody */
  readonly onLost?: (bytes: number) => void;
}

/** What the engines behave like. */
const engines = { redis: "7.0.15", nats: "2.9.10" };

/** As a report names them, so that nobody takes them for the real ones. */
export const simulatedVersions = { redis: `${engines.redis} (simulated)`, nats: `${engines.nats} (simulated)` };

/**
 * Makes a Redis and a NATS and puts them on the network. Their clocks are right.
 *
 * @param stored - told of each message that a stream stores
 */
export function makeServers(
  kernel: Kernel,
  network: Network,
  stored: (message: StoredMessage) => void,
  { hasReplica = false, onLost = () => {} }: ServersOptions = {},
): Servers {
  const redis = new RedisServers({ kernel, network, hasReplica, onLost });
  const nats = new NatsNode({ kernel, network, version: engines.nats, stored });
  return { leaseOf: (role) => redis.read(leaderKeys[role]), strike: serverStrikes({ redis, nats }) };
}
