import { join } from "node:path";

import { EnvironmentError, type ServersKind } from "../../core/mod.ts";
import type { RunFolder } from "./run-folder.ts";
import { startEmbeddedNats, startEmbeddedRedis } from "./servers/embedded.ts";
import { startNats } from "./servers/nats.ts";
import { startRedis } from "./servers/redis.ts";
import type { Server } from "./servers/server.ts";

/** Redis and NATS, each a process of its own with its data in the run folder; that of embedded ones is in memory. */
export interface Backends {
  readonly redis: Server;
  readonly nats: Server;
  readonly kill: () => Promise<void>;
}

const starters = {
  real: { redis: startRedis, nats: startNats },
  embedded: { redis: startEmbeddedRedis, nats: startEmbeddedNats },
};

/** Starts both at the same time; when one cannot be started, the other is not left behind. */
export async function startBackends(
  folder: RunFolder,
  onSpawn: (pid: number) => void,
  servers: ServersKind = "real",
): Promise<Backends> {
  const options = (name: string) => ({ logPath: folder.logOf(name), detached: true, onSpawn });
  const starting = [
    starters[servers].redis(join(folder.data, "redis"), options("redis")),
    starters[servers].nats(join(folder.data, "nats"), options("nats")),
  ] as const;
  const [redis, nats] = await Promise.allSettled(starting);
  if (redis.status === "fulfilled" && nats.status === "fulfilled") return backendsOf(redis.value, nats.value);
  for (const each of [redis, nats]) if (each.status === "fulfilled") await each.value.kill();
  throw await Promise.all(starting).catch((thrown: unknown) => thrown);
}

/** The versions that the programs tell. */
export async function versionsOf({ redis, nats }: Backends): Promise<{ redis: string; nats: string }> {
  const [redisVersion, natsVersion] = await Promise.all([redis.version(), nats.version()]);
  return { redis: redisVersion, nats: natsVersion };
}

function backendsOf(redis: Server, nats: Server): Backends {
  return {
    redis,
    nats,
    async kill() {
      await Promise.all([redis.kill(), nats.kill()]);
    },
  };
}

/** @throws EnvironmentError `server_died` when one of them is gone, though nobody asked it to go. */
export function assertAlive(servers: readonly Server[]): void {
  for (const server of servers) if (!server.alive()) throw diedMeanwhile(server);
}

function diedMeanwhile({ name, binary }: Server): EnvironmentError {
  return new EnvironmentError(
    "server_died",
    `${binary} exited in the middle of the run, so the run proves nothing`,
    `see logs/${name}.log; is there enough memory and disk space?`,
  );
}
