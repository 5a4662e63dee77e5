import {
  readableMs,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpResult,
  type OpenHttp,
  type Random,
} from "../../../core/mod.ts";
import type { Connection, Host, Network } from "../../../sim/mod.ts";
import { headBytes, type WireAnswer, type WireRequest } from "./http-wire.ts";

/** What clients send with. */
export interface HttpSide {
  readonly network: Network;
  /** Where the clients are. */
  readonly host: Host;
  readonly random: Random;
  /** Share of requests that arrive twice. */
  readonly duplication: number;
}

/** How the harness reaches the plane: over the simulated network, from the host of the clients. */
export function simHttp(side: HttpSide): OpenHttp {
  return (url, options) => new SimHttpClient(side, new URL(url).hostname, options);
}

type Settle = (result: HttpResult) => void;

interface Exchange {
  readonly request: WireRequest;
  readonly settle: Settle;
}

class SimHttpClient implements HttpClient {
  readonly #side: HttpSide;
  readonly #to: string;
  readonly #options: HttpClientOptions;
  readonly #idle: Line[] = [];
  readonly #lines = new Set<Line>();
  readonly #queue: Exchange[] = [];
  readonly #stop = (): void => this.#end();
  #closed = false;

  constructor(side: HttpSide, to: string, options: HttpClientOptions) {
    this.#side = side;
    this.#to = to;
    this.#options = options;
    options.signal?.addEventListener("abort", this.#stop, { once: true });
  }

  request({ method, path, headers = {}, body, timeoutMs }: HttpRequest): Promise<HttpResult> {
    if (this.#closed) return Promise.resolve(failed(false, "the client was closed"));
    const request: WireRequest = { method, path, headers, body };
    if (this.#side.duplication > 0 && this.#side.random.next() < this.#side.duplication) this.#sendTwin(request);
    return new Promise((resolve) => {
      const timer = this.#options.clock.after(timeoutMs, () => {
        exchange.settle(failed(true, `no answer within ${readableMs(timeoutMs)}`));
        this.#giveUp(exchange);
      });
      const exchange: Exchange = {
        request,
        settle(result) {
          timer.cancel();
          resolve(result);
        },
      };
      this.#queue.push(exchange);
      this.#next();
    });
  }

  close(): Promise<void> {
    this.#options.signal?.removeEventListener("abort", this.#stop);
    this.#end();
    return Promise.resolve();
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const line = this.#idle.pop() ?? this.#dial();
      const exchange = line && this.#queue.shift();
      if (!line || !exchange) return;
      line.carry(exchange);
    }
  }

  #dial(): Line | undefined {
    if (this.#lines.size >= this.#options.connectionsMax) return undefined;
    const line = new Line(this.#side, this.#to, {
      free: () => this.#idle.push(line),
      gone: () => this.#forget(line),
      next: () => this.#next(),
    });
    this.#lines.add(line);
    return line;
  }

  #giveUp(exchange: Exchange): void {
    const place = this.#queue.indexOf(exchange);
    if (place >= 0) this.#queue.splice(place, 1);
    for (const line of this.#lines) if (line.carries(exchange)) line.hangUp();
  }

  #forget(line: Line): void {
    this.#lines.delete(line);
    const place = this.#idle.indexOf(line);
    if (place >= 0) this.#idle.splice(place, 1);
  }

  /** The same request once more, as a proxy on the way may send it; nobody waits for the answer. */
  #sendTwin(request: WireRequest): void {
    const line = new Line(this.#side, this.#to, { free: () => line.hangUp(), gone: () => {}, next: () => {} });
    line.carry({ request, settle: () => {} });
  }

  #end(): void {
    this.#closed = true;
    for (const { settle } of this.#queue.splice(0)) settle(failed(false, "the client was closed"));
    for (const line of this.#lines) line.hangUp("the client was closed before the answer came");
  }
}

/** Whom a line tells. */
interface LineEvents {
  /** It can carry another request. */
  free(): void;
  gone(): void;
  /** There may be something to do. */
  next(): void;
}

/** One connection to a server, with one request on it at a time. */
class Line {
  readonly #connection: Connection;
  readonly #events: LineEvents;
  #carried: Exchange | undefined;

  constructor({ network, host }: HttpSide, to: string, events: LineEvents) {
    this.#events = events;
    this.#connection = network.connect(host, to, {
      received: (message) => this.#answered(message as WireAnswer),
      closed: (reason) =>
        this.#over(reason !== "refused", reason === "refused" ? "connection refused" : "connection lost"),
    });
  }

  carries(exchange: Exchange): boolean {
    return this.#carried === exchange;
  }

  carry(exchange: Exchange): void {
    this.#carried = exchange;
    const { method, path, body = "" } = exchange.request;
    this.#connection.send(exchange.request, headBytes + body.length, `${method} ${path}`);
  }

  hangUp(because = "given up"): void {
    this.#connection.close();
    this.#over(true, because);
  }

  #answered({ status, body }: WireAnswer): void {
    const exchange = this.#carried;
    this.#carried = undefined;
    this.#events.free();
    exchange?.settle({ answered: true, status, body: parsed(body) });
    this.#events.next();
  }

  #over(sent: boolean, because: string): void {
    this.#events.gone();
    this.#carried?.settle(failed(sent, because));
    this.#carried = undefined;
    this.#events.next();
  }
}

function failed(sent: boolean, because: string): HttpResult {
  return { answered: false, sent, because };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not every page is JSON; its text is kept.
    return text;
  }
}
