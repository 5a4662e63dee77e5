import { join } from "node:path";

import { startServer, type Server, type ServerKind, type ServerOptions } from "./server.ts";

const nats: ServerKind = {
  name: "nats",
  binary: "nats-server",
  arguments: (port, folder) => [
    ...["--addr", "127.0.0.1", "--port", `${port}`],
    ...["--jetstream", "--store_dir", join(folder, "jetstream")],
  ],
  url: (port) => `nats://127.0.0.1:${port}`,
  saysReady: /Server is ready/,
};

/** Starts a NATS server with JetStream, its streams in this folder. */
export function startNats(folder: string, options?: ServerOptions): Promise<Server> {
  return startServer(nats, folder, options);
}
