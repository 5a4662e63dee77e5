import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { listenError, messageOf } from "../../core/mod.ts";
import type { Metrics } from "../ports/mod.ts";
import type { Running } from "../running.ts";

/** What a status server shows. */
export interface StatusServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Whether the replica is healthy, and the facts that say why. A rejection counts as not healthy. */
  readonly health: () => Promise<Health>;
  readonly metrics: Pick<Metrics, "expose">;
}

/** The answer to a health probe. */
export interface Health {
  readonly healthy: boolean;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * The HTTP server of a replica that has no API: `/health` (200 or 503) and `/metrics`.
 *
 * @throws EnvironmentError `port_in_use`
 */
export async function startStatusServer(options: StatusServerOptions): Promise<Running> {
  const server = createServer((request, response) => void answer(options, request.url ?? "/", response));
  const { host, port } = options;
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (thrown) {
    throw listenError(thrown, host, port);
  }
  const bound = (server.address() as AddressInfo).port;
  return { url: `http://${host}:${bound}`, stop: () => stop(server) };
}

async function answer(options: StatusServerOptions, url: string, response: ServerResponse): Promise<void> {
  try {
    await route(options, url.split("?", 1)[0], response);
  } catch (thrown) {
    sendJson(response, 503, { healthy: false, because: messageOf(thrown) });
  }
}

async function route(options: StatusServerOptions, path: string | undefined, response: ServerResponse): Promise<void> {
  if (path === "/health") {
    const { healthy, detail } = await options.health();
    return sendJson(response, healthy ? 200 : 503, { healthy, ...detail });
  }
  if (path === "/metrics") {
    const text = await options.metrics.expose();
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text);
    return;
  }
  sendJson(response, 404, { error: { code: "unknown_route", message: "there are /health and /metrics" } });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

/** Probes are short and may be repeated: they are not waited for. */
async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
