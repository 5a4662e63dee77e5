import { nodeHttp } from "../adapters/node-http.ts";
import { readConfig, type Variables } from "../config/config.ts";
import { FakeEnvironment } from "./fake-environment.test-support.ts";
import { startGateway } from "./gateway.ts";

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed from JSON; empty when it is none. */
  readonly body: Record<string, unknown>;
  /** The code of an error. */
  readonly code: string | undefined;
}

/** What to send. */
export interface Sending {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, announced as JSON unless a header says otherwise. */
  readonly text?: string;
  /** The header `X-API-Key` is there by itself, with the key of the tenant `acme`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly withoutKey?: boolean;
}

/** A gateway on a real port, over an environment in memory. */
export interface GatewayOnTrial extends AsyncDisposable {
  readonly fake: FakeEnvironment;
  readonly url: string;
  send(method: string, path: string, sending?: Sending): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts a gateway with the tenants `acme` (`key-a`) and `beta` (`key-b`, 7 requests a second). */
export async function gatewayOnTrial(variables: Variables = {}): Promise<GatewayOnTrial> {
  const fake = new FakeEnvironment();
  const keys = { HTTP_PORT: "0", CORDUM_API_KEYS: "key-a:acme,key-b:beta:7", CORDUM_TOPICS: "job.default,job.echo" };
  const running = await startGateway(fake.environment(), readConfig({ ...keys, ...variables }), nodeHttp);
  const { url } = running;
  const stop = (): Promise<void> => running.stop();
  return {
    ...{ fake, url, stop, [Symbol.asyncDispose]: stop },
    send: async (method, path, sending = {}) => read(await fetch(url + path, { method, ...requestOf(sending) })),
  };
}

function requestOf({ body, text, headers = {}, withoutKey = false }: Sending): RequestInit {
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    headers: {
      ...(withoutKey ? {} : { "x-api-key": "key-a" }),
      ...(content === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  const error = body["error"] as { code?: string } | undefined;
  return { status: response.status, headers: response.headers, text, body, code: error?.code };
}
