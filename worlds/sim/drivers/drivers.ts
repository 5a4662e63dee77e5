import { SimRedisConnection } from "./redis-connection.ts";
import type { Drivers } from "../../../reference/drivers.ts";
import { simHttpHost } from "../http/http-host.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import { memoryMetrics } from "./memory-metrics.ts";
import { connectSimNats } from "./nats-client.ts";
import type { RingLog } from "./ring-log.ts";

/** What one life of a replica reaches the outside with: the simulated network, and the chance of its realm. */
export function simDrivers(network: RealmNetwork, log: RingLog): Drivers {
  const { clock, random } = network.host.realm;
  return {
    dialRedis: (parts) => new SimRedisConnection(parts, network),
    dialNats: ({ address, name }) =>
      connectSimNats({ network, clock, random: random.fork("nats"), host: hostIn(address.servers), name }),
    http: simHttpHost(network),
    random: random.fork("plane"),
    log: (_instance, level) => log.open(() => clock.now(), level),
    metrics: memoryMetrics,
  };
}

/** The host of the first address: `nats:4222`. */
function hostIn([first = ""]: readonly string[]): string {
  return first.split(":", 1)[0] ?? "";
}
