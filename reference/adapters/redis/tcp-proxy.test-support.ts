import { connect, createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";

/** A TCP proxy for tests, between a client and a real server, that can hold back answers and break connections. */
export interface TestProxy extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Connections that are open now. */
  readonly open: number;
  /** Connections that were ever accepted. */
  readonly accepted: number;
  /** Connections that were ever reset at once. */
  readonly refused: number;
  /** Pieces in which the clients' bytes have arrived. */
  readonly writes: number;
  /** While true, what the server answers is held back. */
  muted: boolean;
  /** While true, new connections are reset at once. */
  refusing: boolean;
  /** Resets every open connection. */
  cut(): void;
}

/** Starts a proxy in front of a port of this machine. */
export async function startTestProxy(targetPort: number): Promise<TestProxy> {
  const proxy = new Proxy(targetPort);
  await proxy.listen();
  return proxy;
}

class Proxy implements TestProxy {
  #muted = false;
  refusing = false;
  accepted = 0;
  refused = 0;
  writes = 0;
  port = 0;
  readonly #targetPort: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();

  constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer((client) => this.#accept(client));
  }

  get muted(): boolean {
    return this.#muted;
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    for (const [, target] of this.#pairs) target[muted ? "pause" : "resume"]();
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get open(): number {
    return this.#pairs.size;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    this.port = typeof address === "object" && address ? address.port : 0;
  }

  cut(): void {
    for (const [client, target] of this.#pairs) {
      client.resetAndDestroy();
      target.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.cut();
    if (this.#server.listening) await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    client.on("error", () => undefined);
    if (this.refusing) {
      this.refused += 1;
      client.resetAndDestroy();
      return;
    }
    this.accepted += 1;
    const target = connect(this.#targetPort, "127.0.0.1");
    target.on("error", () => undefined);
    const pair = [client, target] as const;
    this.#pairs.add(pair);
    client.on("data", (bytes) => {
      this.writes += 1;
      target.write(bytes);
    });
    target.on("data", (bytes) => client.write(bytes));
    if (this.#muted) target.pause();
    client.on("close", () => this.#forget(pair));
    target.on("close", () => this.#forget(pair));
  }

  #forget(pair: readonly [Socket, Socket]): void {
    this.#pairs.delete(pair);
    for (const socket of pair) socket.destroy();
  }
}
