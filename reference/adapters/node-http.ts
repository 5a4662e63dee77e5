import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { FastifyInstance } from "fastify";

import { listenError } from "../../core/mod.ts";
import type { HttpAddress, HttpHost, Page, Served } from "../ports/mod.ts";

/** HTTP on real sockets, by `node:http`. */
export const nodeHttp: HttpHost = { serveApp, servePages };

async function serveApp(app: FastifyInstance, { host, port }: HttpAddress): Promise<Served> {
  try {
    const url = await app.listen({ host, port });
    return { url, close: () => app.close(), cutOff: () => app.server.closeAllConnections() };
  } catch (thrown) {
    throw listenError(thrown, host, port);
  }
}

async function servePages(answer: (path: string) => Promise<Page>, { host, port }: HttpAddress): Promise<Served> {
  const server = createServer((request, response) => {
    void answer(pathOf(request.url)).then(({ status, contentType, body }) =>
      response.writeHead(status, { "content-type": contentType }).end(body),
    );
  });
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (thrown) {
    throw listenError(thrown, host, port);
  }
  const bound = (server.address() as AddressInfo).port;
  return { url: `http://${host}:${bound}`, close: () => close(server), cutOff: () => server.closeAllConnections() };
}

function pathOf(url = "/"): string {
  return url.split("?", 1)[0] ?? "/";
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
