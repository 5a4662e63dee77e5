import { Pool } from "undici";

import { messageOf, readableMs, type Clock } from "../core/mod.ts";

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

const answerBytesMax = 16 << 20;

/** Where a client's time comes from, and what bounds it. */
export interface HttpClientOptions {
  readonly clock: Clock;
  readonly connectionsMax: number;
  /** Ends everything at once, as `close` does. */
  readonly signal?: AbortSignal | undefined;
}

/** Opens no connection before the first request. */
export function httpClient(url: string, { clock, connectionsMax, signal }: HttpClientOptions): HttpClient {
  const pool = new Pool(url, {
    connections: connectionsMax,
    pipelining: 1,
    maxResponseSize: answerBytesMax,
    // Requests have a time limit of their own, by our clock and to the millisecond.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const destroy = (): Promise<void> => pool.destroy(new Error("the client was closed before the answer came"));
  const stop = (): void => void destroy();
  signal?.addEventListener("abort", stop, { once: true });
  return {
    request: (request) => exchange(pool, clock, request),
    close() {
      signal?.removeEventListener("abort", stop);
      return destroy();
    },
  };
}

async function exchange(pool: Pool, clock: Clock, request: HttpRequest): Promise<HttpResult> {
  const { method, path, headers = {}, body = null, timeoutMs } = request;
  const giveUp = new AbortController();
  const timer = clock.after(timeoutMs, () => giveUp.abort(new Error(`no answer within ${readableMs(timeoutMs)}`)));
  try {
    const answer = await pool.request({ method, path, headers, body, signal: giveUp.signal });
    return { answered: true, status: answer.statusCode, body: parsed(await answer.body.text()) };
  } catch (thrown) {
    return { answered: false, sent: mayHaveBeenSent(thrown), because: messageOf(thrown) };
  } finally {
    timer.cancel();
  }
}

/** Errors of a request that never reached a connection. After any other, the server may have got the request. */
const neverSent: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EADDRNOTAVAIL",
  "EMFILE",
  "ENFILE",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_DESTROYED",
]);

/** Whether the server may have got a request that ended with this error. */
export function mayHaveBeenSent(thrown: unknown): boolean {
  return !(thrown instanceof Error && "code" in thrown && neverSent.has(String(thrown.code)));
}

/** An answer that is no JSON comes from something in between; its text is kept. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
