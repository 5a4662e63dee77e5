import { startServer, type Server, type ServerKind, type ServerOptions } from "./server.ts";

const redis: ServerKind = {
  name: "redis",
  binary: "redis-server",
  arguments: (port, folder) => [
    ...["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder],
    ...["--save", "", "--appendonly", "yes", "--appendfsync", "everysec", "--daemonize", "no"],
  ],
  url: (port) => `redis://127.0.0.1:${port}`,
  saysReady: /Ready to accept connections/,
};

/** Starts a Redis server with its data in this folder (append-only file, synced every second). */
export function startRedis(folder: string, options?: ServerOptions): Promise<Server> {
  return startServer(redis, folder, options);
}
