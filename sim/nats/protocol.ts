import type { Bytes } from "../bytes.ts";
import type { NatsMessage } from "./engine.ts";

/** What a client says. */
export type Operation =
  | { readonly op: "CONNECT"; readonly options: Bytes }
  | { readonly op: "PING" | "PONG" | "OK" | "ERR" }
  | { readonly op: "PUB"; readonly message: NatsMessage }
  | { readonly op: "SUB"; readonly sid: string; readonly subject: string; readonly queue: string | undefined }
  | { readonly op: "UNSUB"; readonly sid: string; readonly max: number };

/** The client does not speak the protocol, and the connection ends. */
export class ProtocolError extends Error {
  /** What the client is told; some errors only close the connection. */
  readonly told: string | undefined;

  constructor(told: string | undefined) {
    super(told ?? "the client broke the protocol");
    this.told = told;
  }
}

interface AwaitedPayload {
  readonly subject: string;
  readonly reply: string | undefined;
  readonly headerSize: number;
  readonly size: number;
}

const controlLineMax = 4_096;
const lineEnd = 2;

/** Reads what a client says, in whatever pieces it arrives. */
export class ProtocolParser {
  readonly #maxPayload: number;
  #unread = "";
  #awaited: AwaitedPayload | undefined;

  constructor(maxPayload: number) {
    this.#maxPayload = maxPayload;
  }

  /**
   * The operations that are complete with these bytes.
   *
   * @throws ProtocolError
   */
  *read(bytes: Bytes): Generator<Operation> {
    this.#unread += bytes;
    let position = 0;
    try {
      for (;;) {
        const step = this.#awaited ? this.#payloadAt(position, this.#awaited) : this.#lineAt(position);
        if (!step) return;
        position = step.end;
        if (step.operation) yield step.operation;
      }
    } finally {
      this.#unread = this.#unread.slice(position);
    }
  }

  #payloadAt(start: number, awaited: AwaitedPayload): Step | undefined {
    const { subject, reply, headerSize, size } = awaited;
    const end = start + size;
    if (this.#unread.length < end + lineEnd) return undefined;
    if (!this.#unread.startsWith("\r\n", end)) throw new ProtocolError("Unknown Protocol Operation");
    this.#awaited = undefined;
    const message = {
      subject,
      payload: this.#unread.slice(start + headerSize, end),
      ...(reply === undefined ? {} : { reply }),
      ...(headerSize === 0 ? {} : { headers: this.#unread.slice(start, start + headerSize) }),
    };
    return { end: end + lineEnd, operation: { op: "PUB", message } };
  }

  #lineAt(start: number): Step | undefined {
    const end = this.#unread.indexOf("\n", start);
    const length = (end < 0 ? this.#unread.length : end) - start;
    if (length > controlLineMax + "CONNECT ".length) throw new ProtocolError("maximum control line exceeded");
    if (end < 0) return undefined;
    const line = this.#unread.slice(start, end).replace(/\r$/, "");
    return { end: end + 1, ...this.#understand(line) };
  }

  #understand(line: string): Pick<Step, "operation"> {
    const [, word = "", rest = ""] = /^([^\s]*)(?:[ \t]+(.*))?$/.exec(line) ?? [];
    const words = rest.split(/[ \t]+/).filter(Boolean);
    const verb = word.toUpperCase();
    if (verb === "PUB") return this.#expect(words, false);
    if (verb === "HPUB") return this.#expect(words, true);
    if (verb === "SUB") return { operation: subscription(words) };
    if (verb === "UNSUB") return { operation: unsubscription(words) };
    if (verb === "CONNECT") return { operation: { op: verb, options: rest } };
    const bare = bareOperations[verb];
    if (bare === undefined) throw new ProtocolError("Unknown Protocol Operation");
    return { operation: { op: bare } };
  }

  #expect(words: readonly string[], hasHeaders: boolean): Pick<Step, "operation"> {
    const sizes = hasHeaders ? 2 : 1;
    if (words.length < 1 + sizes || words.length > 2 + sizes) throw new ProtocolError(undefined);
    const [size, headerSize = 0] = words.slice(-sizes).toReversed().map(readSize);
    if (size! < 0 || headerSize < 0 || headerSize > size!) throw new ProtocolError(undefined);
    if (size! > this.#maxPayload) throw new ProtocolError("Maximum Payload Violation");
    const reply = words.length === 2 + sizes ? words[1] : undefined;
    this.#awaited = { subject: words[0]!, reply, headerSize, size: size! };
    return {};
  }
}

const bareOperations: Readonly<Record<string, "PING" | "PONG" | "OK" | "ERR">> = {
  PING: "PING",
  PONG: "PONG",
  "+OK": "OK",
  "-ERR": "ERR",
};

interface Step {
  /** Where the next one begins. */
  readonly end: number;
  readonly operation?: Operation;
}

function subscription(words: readonly string[]): Operation {
  if (words.length < 2 || words.length > 3) throw new ProtocolError(undefined);
  return { op: "SUB", subject: words[0]!, sid: words.at(-1)!, queue: words.length === 3 ? words[1] : undefined };
}

function unsubscription(words: readonly string[]): Operation {
  if (words.length < 1 || words.length > 2) throw new ProtocolError(undefined);
  return { op: "UNSUB", sid: words[0]!, max: words.length === 2 ? readSize(words[1]!) : 0 };
}

function readSize(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

/** A message for a client, as it goes over the wire. */
export function encodeMessage(sid: string, { subject, reply, headers, payload }: NatsMessage): Bytes {
  const to = reply === undefined ? `${subject} ${sid}` : `${subject} ${sid} ${reply}`;
  if (headers === undefined) return `MSG ${to} ${payload.length}\r\n${payload}\r\n`;
  return `HMSG ${to} ${headers.length} ${headers.length + payload.length}\r\n${headers}${payload}\r\n`;
}

/** An error that the client is told. */
export function encodeError(reason: string): Bytes {
  return `-ERR '${reason}'\r\n`;
}
