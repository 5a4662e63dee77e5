import type { HttpHost, Page, Served } from "../../../reference/ports/mod.ts";
import type { Connection, Listening, Peer } from "../../../sim/mod.ts";
import type { RealmNetwork } from "../replica/realm-network.ts";
import { headBytes, type WireAnswer, type WireRequest } from "./http-wire.ts";
import { inject } from "./raw-exchange.ts";

type Answer = (request: WireRequest) => Promise<WireAnswer>;

/** Takes the requests that come over the simulated network: a Fastify app gets them injected. */
export function simHttpHost(network: RealmNetwork): HttpHost {
  return {
    async serveApp(app) {
      await network.outside(async () => app.ready());
      const server = new HttpServer(network, (request) => inject(app, request));
      return servedBy(network, server, async () => {
        await server.drain();
        await network.outside(() => app.close());
      });
    },
    servePages(answer) {
      const server = new HttpServer(network, async ({ path }) => pageAnswer(await answer(path.split("?", 1)[0] ?? "")));
      return Promise.resolve(servedBy(network, server, () => Promise.resolve(server.cutOff())));
    },
  };
}

function servedBy({ host }: RealmNetwork, server: HttpServer, end: () => Promise<void>): Served {
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    server.stop();
    return end();
  };
  return { url: `http://${host.name}`, close: () => (closed ??= close()), cutOff: () => server.cutOff() };
}

function pageAnswer({ status, body }: Page): WireAnswer {
  return { status, body };
}

/** The connections of one server, and the requests that wait for their answers. */
class HttpServer {
  readonly #answer: Answer;
  readonly #listening: Listening;
  readonly #open = new Map<Connection, { busy: boolean }>();
  #stopping = false;
  #drained: (() => void) | undefined;

  constructor(network: RealmNetwork, answer: Answer) {
    this.#answer = answer;
    this.#listening = network.listen((connection) => this.#accept(connection));
  }

  stop(): void {
    this.#stopping = true;
    this.#listening.stop();
  }

  /** Resolves when every request has been answered. */
  async drain(): Promise<void> {
    for (const [connection, { busy }] of this.#open) if (!busy) this.#hangUp(connection);
    if (this.#open.size > 0) await new Promise<void>((resolve) => void (this.#drained = resolve));
  }

  cutOff(): void {
    for (const connection of this.#open.keys()) this.#hangUp(connection);
  }

  #accept(connection: Connection): Peer {
    this.#open.set(connection, { busy: false });
    return {
      received: (message) => void this.#serve(connection, message as WireRequest),
      closed: () => this.#forget(connection),
    };
  }

  async #serve(connection: Connection, request: WireRequest): Promise<void> {
    const state = this.#open.get(connection);
    if (!state) return;
    state.busy = true;
    const answer = await this.#answer(request);
    state.busy = false;
    connection.send(answer, headBytes + answer.body.length, `HTTP ${answer.status}`);
    // A kept-alive connection would hold up the shutdown.
    if (this.#stopping) this.#hangUp(connection);
  }

  #hangUp(connection: Connection): void {
    connection.close();
    this.#forget(connection);
  }

  #forget(connection: Connection): void {
    this.#open.delete(connection);
    if (this.#open.size === 0) this.#drained?.();
  }
}
