import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { Toxiproxy } from "toxiproxy-node-client";

import { EnvironmentError } from "../../../core/mod.ts";
import { startServer, type Server, type ServerKind, type ServerOptions } from "../servers/server.ts";

const toxiproxy: ServerKind = {
  name: "toxiproxy",
  binary: "toxiproxy-server",
  arguments: (port) => ["-host", "127.0.0.1", "-port", `${port}`],
  url: (port) => `http://127.0.0.1:${port}`,
  saysReady: /Starting Toxiproxy HTTP server/,
  env: { LOG_LEVEL: "info" },
  missing: {
    code: "toxiproxy_missing",
    hint: "faults of the network need it: run `npm run seatrial -- doctor --fix --for faults` to obtain it",
  },
};

const attempts = 3;
const answersWithinMs = 5_000;

/**
 * Starts a Toxiproxy that has no proxies yet.
 *
 * @throws EnvironmentError `toxiproxy_missing` when the program is not there, `server_died` when it does not start.
 */
export async function startToxiproxy(
  folder: string,
  options: ServerOptions & { readonly logPath: string },
): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const server = await startServer(toxiproxy, folder, options);
    if (await answers(server, options.logPath)) return server;
    await server.kill();
    if (attempt === attempts) throw silent(options.logPath);
  }
}

/** It says that it starts before it listens; and one that lost its port to somebody else goes on without a word. */
async function answers({ url }: Server, logPath: string): Promise<boolean> {
  const deadline = performance.now() + answersWithinMs;
  while (performance.now() < deadline) {
    // Until it listens, no answer is the answer.
    const version = await new Toxiproxy(url).getVersion().catch(() => undefined);
    if (/finished with error/.test(readFileSync(logPath, "utf8"))) return false;
    if (version !== undefined) return true;
    await delay(5);
  }
  return false;
}

function silent(logPath: string): EnvironmentError {
  return new EnvironmentError("server_died", "toxiproxy-server does not answer", `see ${logPath}`);
}
