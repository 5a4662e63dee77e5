import type { Clock, HttpResult, OpenHttp } from "../core/mod.ts";
import { httpClient } from "./http-client.ts";

/** Something with an HTTP server, as a world knows it. */
export interface Endpoint {
  readonly id: string;
  /** Base URL, while it is known. */
  readonly url: string | undefined;
}

/** How to ask. */
export interface ReaderOptions {
  readonly clock: Clock;
  /** None for what needs no key. */
  readonly apiKey?: string;
  /** For one answer. */
  readonly timeoutMs: number;
  /** Gives up whatever is not answered yet. */
  readonly signal?: AbortSignal | undefined;
  /** How servers are reached. @defaultValue over real sockets */
  readonly openHttp?: OpenHttp | undefined;
}

/** Asks one server. */
export interface Reader {
  readonly id: string;
  /** Never rejects. */
  get(path: string): Promise<HttpResult>;
}

/** Readers of several servers, with their connections. */
export interface Readers extends AsyncDisposable {
  readonly each: readonly Reader[];
}

const connectionsMax = 64;

/** Opens no connection before the first question. */
export function openReaders(endpoints: readonly Endpoint[], options: ReaderOptions): Readers {
  const readers = endpoints.map((endpoint) => openReader(endpoint, options));
  return {
    each: readers,
    async [Symbol.asyncDispose]() {
      await Promise.all(readers.map((reader) => reader.close()));
    },
  };
}

function openReader({ id, url }: Endpoint, options: ReaderOptions): Reader & { close(): Promise<void> } {
  if (url === undefined) return { id, get: () => Promise.resolve(addressUnknown), close: () => Promise.resolve() };
  const { clock, signal, openHttp = httpClient } = options;
  const client = openHttp(url, { clock, connectionsMax, signal });
  const headers = options.apiKey === undefined ? {} : { "x-api-key": options.apiKey };
  return {
    id,
    get: (path) => client.request({ method: "GET", path, headers, timeoutMs: options.timeoutMs }),
    close: () => client.close(),
  };
}

const addressUnknown: HttpResult = { answered: false, sent: false, because: "its address is not known" };
