/** A RESP2 reply as it came, and what it says. */
export interface RawReply {
  readonly bytes: string;
  readonly value: ReplyValue;
}

/** A reply taken apart: `kind` is its first byte, of which an integer, an error and a text may look alike. */
export type ReplyValue =
  | { readonly kind: "+" | "-" | ":" | "$"; readonly text: string | null }
  | { readonly kind: "*"; readonly items: readonly ReplyValue[] | null };

/** Reads one reply from a place on; nothing when it is not complete. @returns it with the place behind it */
export function readReply(bytes: string, at: number): { readonly reply: RawReply; readonly end: number } | undefined {
  const read = readValue(bytes, at);
  return read && { reply: { bytes: bytes.slice(at, read.end), value: read.value }, end: read.end };
}

/** Reads a reply that is complete. */
export function valueOf(bytes: string): ReplyValue {
  const read = readValue(bytes, 0);
  if (!read || read.end !== bytes.length) throw new Error(`Not one reply: ${JSON.stringify(bytes)}`);
  return read.value;
}

interface Read {
  readonly value: ReplyValue;
  readonly end: number;
}

function readValue(bytes: string, at: number): Read | undefined {
  const lineEnd = bytes.indexOf("\r\n", at);
  if (lineEnd === -1) return undefined;
  const kind = bytes.charAt(at);
  const line = bytes.slice(at + 1, lineEnd);
  if (kind === "*") return readItems(bytes, lineEnd + 2, Number(line));
  if (kind === "+" || kind === "-" || kind === ":") return { value: { kind, text: line }, end: lineEnd + 2 };
  if (kind !== "$") throw new Error(`No reply begins with ${JSON.stringify(bytes.slice(at, at + 20))}`);
  if (line === "-1") return { value: { kind, text: null }, end: lineEnd + 2 };
  const end = lineEnd + 2 + Number(line);
  return bytes.length < end + 2 ? undefined : { value: { kind, text: bytes.slice(lineEnd + 2, end) }, end: end + 2 };
}

function readItems(bytes: string, start: number, count: number): Read | undefined {
  if (count < 0) return { value: { kind: "*", items: null }, end: start };
  const items: ReplyValue[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    const read = readValue(bytes, at);
    if (!read) return undefined;
    items.push(read.value);
    at = read.end;
  }
  return { value: { kind: "*", items }, end: at };
}
