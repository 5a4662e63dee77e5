/**
 * Bytes as the engines hold them: a string with one character, 0 to 255, for each byte.
 *
 * Redis and NATS count, compare and cut bytes, not characters; JavaScript is fastest with strings. So text is turned
 * into its UTF-8 bytes where it enters an engine, and back where it leaves.
 */
export type Bytes = string;

const beyondAscii = /[^\u0000-\u007f]/;

/** The UTF-8 bytes of a text. Plain ASCII is its own. */
export function bytesOf(text: string): Bytes {
  return beyondAscii.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

/** The text that UTF-8 bytes stand for. */
export function textOf(bytes: Bytes): string {
  return beyondAscii.test(bytes) ? Buffer.from(bytes, "latin1").toString("utf8") : bytes;
}
