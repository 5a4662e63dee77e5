import type { Clock } from "./clock.ts";

/** One HTTP request. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Without an answer by then, the request is given up. */
  readonly timeoutMs: number;
}

/** What became of a request: an answer, or nothing. `sent` tells whether the server may have got the request. */
export type HttpResult =
  | { readonly answered: true; readonly status: number; readonly body: unknown }
  | { readonly answered: false; readonly sent: boolean; readonly because: string };

/** Connections to one server, kept open and used again; one request at a time on each. */
export interface HttpClient {
  /** Never rejects: that a server is away is an observation. */
  request(request: HttpRequest): Promise<HttpResult>;
  /** Ends everything at once; requests without an answer are given up. */
  close(): Promise<void>;
}

/** Where a client's time comes from, and what bounds it. */
export interface HttpClientOptions {
  readonly clock: Clock;
  readonly connectionsMax: number;
  /** Ends everything at once, as `close` does. */
  readonly signal?: AbortSignal | undefined;
}

/** Makes a client of one server. It opens no connection before the first request. */
export type OpenHttp = (url: string, options: HttpClientOptions) => HttpClient;
