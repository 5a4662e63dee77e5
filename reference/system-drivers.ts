import { systemRandom } from "../core/mod.ts";
import { pinoLog } from "./adapters/log.ts";
import { promMetrics } from "./adapters/metrics.ts";
import { dialNats } from "./adapters/nats/mod.ts";
import { nodeHttp } from "./adapters/node-http.ts";
import { dialRedis } from "./adapters/redis/mod.ts";
import type { Drivers } from "./drivers.ts";

/** Real clients on real sockets: what a replica runs with outside of the simulator. */
export function systemDrivers(): Drivers {
  return {
    dialRedis,
    dialNats,
    http: nodeHttp,
    random: systemRandom(),
    log: (instance, level) => pinoLog(instance, level),
    metrics: promMetrics,
  };
}
