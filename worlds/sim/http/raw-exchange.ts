import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { FastifyInstance } from "fastify";

import type { WireAnswer, WireRequest } from "./http-wire.ts";

/**
 * Hands a request to a Fastify app as `node:http` would, and waits for its answer.
 *
 * Fastify's own `inject` reads bodies in real immediates, which virtual time outruns.
 */
export function inject(app: FastifyInstance, request: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve) => {
    const raw = new RawRequest(request) as unknown as IncomingMessage;
    app.routing(raw, new RawResponse(resolve) as unknown as ServerResponse);
  });
}

/** Of a socket, Fastify asks who is at its other end, and listens to it. */
const socket = Object.assign(new EventEmitter(), { remoteAddress: "clients", encrypted: false });

/** As much of `IncomingMessage` as Fastify reads. */
class RawRequest extends EventEmitter {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly httpVersion = "1.1";
  readonly httpVersionMajor = 1;
  readonly httpVersionMinor = 1;
  readonly socket = socket;
  readonly complete = true;
  readonly #body: Buffer | undefined;

  constructor({ method, path, headers, body }: WireRequest) {
    super();
    this.method = method;
    this.url = path;
    this.#body = body === undefined ? undefined : Buffer.from(body);
    this.headers = this.#body ? { ...headers, "content-length": `${this.#body.length}` } : headers;
  }

  /** Whoever reads the body has said by now what to call. */
  resume(): this {
    process.nextTick(() => {
      if (this.#body) this.emit("data", this.#body);
      this.emit("end");
    });
    return this;
  }
}

/** As much of `ServerResponse` as Fastify writes. */
class RawResponse extends EventEmitter {
  statusCode = 200;
  headersSent = false;
  writableEnded = false;
  readonly destroyed = false;
  readonly #headers = new Map<string, unknown>();
  readonly #answered: (answer: WireAnswer) => void;
  #body = "";

  constructor(answered: (answer: WireAnswer) => void) {
    super();
    this.#answered = answered;
  }

  setHeader(name: string, value: unknown): this {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }

  getHeader(name: string): unknown {
    return this.#headers.get(name.toLowerCase());
  }

  getHeaders(): Record<string, unknown> {
    return Object.fromEntries(this.#headers);
  }

  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }

  writeHead(status: number): this {
    this.statusCode = status;
    this.headersSent = true;
    return this;
  }

  write(chunk: string | Uint8Array): boolean {
    this.headersSent = true;
    this.#body += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    return true;
  }

  end(chunk?: string | Uint8Array | null): this {
    if (chunk !== undefined && chunk !== null) this.write(chunk);
    this.headersSent = true;
    this.writableEnded = true;
    process.nextTick(() => this.emit("finish"));
    this.#answered({ status: this.statusCode, body: this.#body });
    return this;
  }
}
