import type { Bytes } from "../bytes.ts";

/** The value of a header as nats-server finds it: the first line that begins with exactly this name. */
export function headerOf(block: Bytes | undefined, name: string): Bytes {
  const line = block?.indexOf(`\r\n${name}:`) ?? -1;
  if (block === undefined || line < 0) return "";
  // The server looks at the first place where the name occurs at all, and gives up when it is not a header's.
  if (block.indexOf(name) !== line + 2) return "";
  const start = line + name.length + 3;
  const end = block.indexOf("\r\n", start);
  return (end < 0 ? block.slice(start) : block.slice(start, end)).replace(/^ +/, "");
}

/** A header block that is only a status: `NATS/1.0 503`. */
export function statusBlock(status: string, fields: Record<string, string | number> = {}): Bytes {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `NATS/1.0 ${status}\r\n${lines.join("")}\r\n`;
}

/** The block with one more header at its end. */
export function withHeader(block: Bytes | undefined, name: string, value: string | number): Bytes {
  const before = block === undefined || block === "" ? "NATS/1.0\r\n" : block.slice(0, -2);
  return `${before}${name}: ${value}\r\n\r\n`;
}
