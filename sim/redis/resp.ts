import type { Bytes } from "../bytes.ts";
import { ErrorReply, Status, type Reply } from "./reply.ts";

/** A reply in RESP2, as it goes over the wire. */
export function encodeReply(reply: Reply): Bytes {
  if (typeof reply === "string") return `$${reply.length}\r\n${reply}\r\n`;
  if (typeof reply === "number" || typeof reply === "bigint") return `:${reply}\r\n`;
  if (reply === null) return "$-1\r\n";
  if (reply instanceof Status) return `+${oneLine(reply.text)}\r\n`;
  if (reply instanceof ErrorReply) return `-${oneLine(reply.text)}\r\n`;
  return `*${reply.length}\r\n${reply.map(encodeReply).join("")}`;
}

/** A command in RESP, as clients send it. */
export function encodeCommand(words: readonly Bytes[]): Bytes {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
}

/** A status or an error ends with its line. */
function oneLine(text: Bytes): Bytes {
  return text.replaceAll(/[\r\n]/g, " ");
}
