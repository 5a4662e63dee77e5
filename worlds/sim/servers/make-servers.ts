import { NatsServer, RedisServer, type Kernel, type Network, type StoredMessage } from "../../../sim/mod.ts";
import { leaderKeys, type LeadingRole } from "../../fleet/leader.ts";
import { serveNats } from "./serve-nats.ts";
import { serveRedis } from "./serve-redis.ts";

/** The servers of a simulated world. */
export interface Servers {
  /** Who holds the lease of a role's leader, by the store's word; nothing when nobody does. */
  leaseOf(role: LeadingRole): string | undefined;
}

/** What the engines behave like. */
const engines = { redis: "7.0.15", nats: "2.9.10" };

/** As a report names them, so that nobody takes them for the real ones. */
export const simulatedVersions = { redis: `${engines.redis} (simulated)`, nats: `${engines.nats} (simulated)` };

/** Makes a Redis and a NATS and puts them on the network. Their clocks are right. */
export function makeServers(kernel: Kernel, network: Network, stored: (message: StoredMessage) => void): Servers {
  const { clock } = kernel;
  const redis = new RedisServer({ clock, random: kernel.random("redis") });
  const nats = new NatsServer({ clock, random: kernel.random("nats"), version: engines.nats, stored });
  serveRedis(network, redis);
  serveNats(network, nats, engines.nats);
  const session = redis.connect(() => {});
  return {
    leaseOf(role) {
      let holder: string | undefined;
      session.execute(["GET", leaderKeys[role]], (reply) => (holder = typeof reply === "string" ? reply : undefined));
      return holder;
    },
  };
}
