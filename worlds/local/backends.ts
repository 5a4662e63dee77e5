import { join } from "node:path";

import { EnvironmentError } from "../../core/mod.ts";
import type { RunFolder } from "./run-folder.ts";
import { startNats } from "./servers/nats.ts";
import { startRedis } from "./servers/redis.ts";
import type { Server } from "./servers/server.ts";
import { versionOf } from "./servers/version.ts";

/** Redis and NATS, each a process of its own with its data in the run folder. */
export interface Backends {
  readonly redis: Server;
  readonly nats: Server;
  readonly kill: () => Promise<void>;
}

/** Starts both at the same time; when one cannot be started, the other is not left behind. */
export async function startBackends(folder: RunFolder, onSpawn: (pid: number) => void): Promise<Backends> {
  const options = (name: string) => ({ logPath: folder.logOf(name), detached: true, onSpawn });
  const starting = [
    startRedis(join(folder.data, "redis"), options("redis")),
    startNats(join(folder.data, "nats"), options("nats")),
  ] as const;
  const [redis, nats] = await Promise.allSettled(starting);
  if (redis.status === "fulfilled" && nats.status === "fulfilled") return backendsOf(redis.value, nats.value);
  for (const each of [redis, nats]) if (each.status === "fulfilled") await each.value.kill();
  throw await Promise.all(starting).catch((thrown: unknown) => thrown);
}

/** The versions that the programs tell. */
export async function versionsOf({ redis, nats }: Backends): Promise<{ redis: string; nats: string }> {
  const [redisVersion, natsVersion] = await Promise.all([versionOf(redis.binary), versionOf(nats.binary)]);
  return { redis: redisVersion ?? "unknown", nats: natsVersion ?? "unknown" };
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
