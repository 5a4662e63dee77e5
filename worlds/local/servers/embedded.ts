import { entryPath } from "../entry-path.ts";
import { startServer, type Server, type ServerKind, type ServerOptions } from "./server.ts";

/** What the engines of the simulator imitate, byte for byte as far as the plane can see. */
const imitated = { redis: "7.0.15", nats: "2.9.10" } as const;

/**
 * Starts the simulator's Redis as a server on loopback. It keeps everything in memory: once it has exited, all is lost.
 */
export function startEmbeddedRedis(folder: string, options?: ServerOptions): Promise<Server> {
  return startServer(embedded("redis"), folder, options);
}

/** Starts the simulator's NATS with JetStream as a server on loopback: a single node, its streams in memory. */
export function startEmbeddedNats(folder: string, options?: ServerOptions): Promise<Server> {
  return startServer(embedded("nats"), folder, options);
}

function embedded(name: keyof typeof imitated): ServerKind {
  const entry = entryPath("embedded-main", import.meta.url);
  return {
    name,
    binary: `the embedded ${name}`,
    embedded: { program: process.execPath, version: `${imitated[name]} (embedded)` },
    arguments: (port) => [entry, name, "--port", `${port}`],
    url: (port) => `${name}://127.0.0.1:${port}`,
    saysReady: /is ready/,
  };
}
