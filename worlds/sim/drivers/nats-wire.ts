import type { Bytes, NatsMessage } from "../../../sim/mod.ts";

/** What a client of NATS sends: one protocol line each, with its payload. */
export type NatsRequest =
  | { readonly op: "CONNECT"; readonly name: string }
  | { readonly op: "PING" }
  | { readonly op: "PUB"; readonly message: NatsMessage }
  | { readonly op: "SUB"; readonly sid: string; readonly subject: string; readonly queue?: string }
  | { readonly op: "UNSUB"; readonly sid: string; readonly max?: number };

/** What NATS sends back. */
export type NatsAnswer =
  | { readonly op: "INFO"; readonly version: string; readonly jetstream: boolean }
  | { readonly op: "PONG" }
  | { readonly op: "MSG"; readonly sid: string; readonly message: NatsMessage }
  | { readonly op: "-ERR"; readonly reason: string };

const lineBytes = 24;

/** About as many bytes as these take on the wire. */
export function sizeOfLines(lines: readonly (NatsRequest | NatsAnswer)[]): number {
  let size = 0;
  for (const line of lines) size += lineBytes + ("message" in line ? sizeOfMessage(line.message) : 0);
  return size;
}

function sizeOfMessage({ subject, headers, payload }: NatsMessage): number {
  return subject.length + payload.length + (headers?.length ?? 0);
}

/** In a few words, for the trace: the first line, and how many more there are. */
export function aboutLines(lines: readonly (NatsRequest | NatsAnswer)[]): string {
  const [first] = lines;
  if (!first) return "";
  const subject = "message" in first ? first.message.subject : "subject" in first ? first.subject : "";
  return lines.length === 1 ? `${first.op} ${subject}` : `${first.op} ${subject} +${lines.length - 1}`;
}

/** The code and the description of an inline status: `NATS/1.0 408 Request Timeout`. */
export function inlineStatus(headers: Bytes): { code: number; description: string } {
  const line = headers.slice(headerVersion.length, headers.indexOf("\r\n")).trim();
  const code = Number.parseInt(line, 10) || 0;
  return { code, description: line.replace(`${code}`, "").trim() };
}

const headerVersion = "NATS/1.0";

/** A header block with these fields. */
export function headerBlock(fields: Iterable<readonly [string, readonly string[]]>): Bytes {
  let block = headerVersion;
  for (const [name, values] of fields) for (const value of values) block += `\r\n${name}: ${value}`;
  return `${block}\r\n\r\n`;
}
