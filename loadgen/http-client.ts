import { Pool } from "undici";

import {
  messageOf,
  readableMs,
  type Clock,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpResult,
} from "../core/mod.ts";

const answerBytesMax = 16 << 20;

/** HTTP on real sockets, by undici. Opens no connection before the first request. */
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
