import type { Random } from "../core/mod.ts";
import type { DialNats } from "./adapters/nats/mod.ts";
import type { DialRedis } from "./adapters/redis/mod.ts";
import type { HttpHost, Log, Metrics } from "./ports/mod.ts";

/**
 * What a replica reaches the outside with. By default real clients on real sockets; the simulator brings its own, and
 * everything above them is the same code in both.
 */
export interface Drivers {
  /** Makes one connection to Redis. @defaultValue ioredis */
  readonly dialRedis: DialRedis;
  /** Connects to NATS. @defaultValue `@nats-io/transport-node` */
  readonly dialNats: DialNats;
  /** Takes HTTP requests. @defaultValue `node:http` */
  readonly http: HttpHost;
  /** @defaultValue the operating system's */
  readonly random: Random;
  /** @defaultValue pino, to stdout */
  readonly log: (instance: string, level: string) => Log;
  /** @defaultValue prom-client */
  readonly metrics: (instance: string) => Metrics;
}
