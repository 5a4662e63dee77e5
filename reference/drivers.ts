import type { FastifyInstance } from "fastify";

import type { Random } from "../core/mod.ts";
import type { DialNats } from "./adapters/nats/mod.ts";
import type { DialRedis } from "./adapters/redis/mod.ts";
import type { Log, Metrics } from "./ports/mod.ts";

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

/** Where a replica is reached. */
export interface HttpHost {
  /** Takes requests for a Fastify app. @throws EnvironmentError `port_in_use`, `cannot_listen` */
  serveApp(app: FastifyInstance, address: HttpAddress): Promise<Served>;
  /** Takes requests for a few pages. @throws EnvironmentError `port_in_use`, `cannot_listen` */
  servePages(answer: (path: string) => Promise<Page>, address: HttpAddress): Promise<Served>;
}

/** Where to listen. */
export interface HttpAddress {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** A page of the status server. */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Something that is being served. */
export interface Served {
  /** Base URL. */
  readonly url: string;
  /** Takes no new connection, and resolves when the last request has been answered. */
  close(): Promise<void>;
  /** Hangs up on everyone. */
  cutOff(): void;
}
