import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { HistoryEvent, Observation, Witness } from "../core/mod.ts";

/** A request as the fake gateway got it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** An answer; `reset` and `close` break the connection instead, after the request was read; `hang` never answers. */
export type FakeAnswer = { readonly status: number; readonly body?: unknown } | "reset" | "close" | "hang";

/** An HTTP server that answers as a test wants, and remembers what it was asked. */
export interface FakeGateway extends AsyncDisposable {
  readonly id: string;
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Connections that were ever opened. */
  readonly connections: number;
}

/** Starts a gateway on any free port. */
export async function fakeGateway(
  id: string,
  answer: (request: SeenRequest, index: number) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeGateway> {
  const seen: SeenRequest[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const asked = await readRequest(request);
      seen.push(asked);
      give(await answer(asked, seen.length - 1), response);
    })();
  });
  server.on("connection", () => (connections += 1));
  const url = await listening(server);
  return {
    id,
    url,
    seen,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A gateway that accepts everything, giving out job ids that begin with its own id. */
export function acceptingGateway(id: string): Promise<FakeGateway> {
  return fakeGateway(id, (_, index) => ({ status: 202, body: { job_id: `${id}/${index}` } }));
}

/** A base URL where nobody listens. */
export async function deadUrl(): Promise<string> {
  const gateway = await acceptingGateway("gone");
  await gateway[Symbol.asyncDispose]();
  return gateway.url;
}

/** Keeps what it is told. */
export function memoryWitness(): Witness & {
  readonly seen: Observation[];
  of(kind: HistoryEvent["kind"]): Observation[];
} {
  const seen: Observation[] = [];
  return {
    seen,
    record: (observation) => void seen.push(observation),
    of: (kind) => seen.filter((observation) => observation.kind === kind),
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "", url: path = "", headers } = request;
  return { method, path, headers, body: Buffer.concat(chunks).toString() };
}

function give(answer: FakeAnswer, response: ServerResponse): void {
  if (answer === "hang") return;
  if (answer === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer === "close") {
    response.socket?.end();
    return;
  }
  response.writeHead(answer.status, { "content-type": "application/json" });
  response.end(JSON.stringify(answer.body ?? {}));
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
