import type { Cursor } from "./cursor.ts";

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Reads a string in quotes; gives the text for messages and the value. */
export function readQuoted(cursor: Cursor, quote: string): [text: string, value: string] {
  cursor.position += 1;
  let value = "";
  for (;;) {
    value += cursor.take(quote === '"' ? /[^"\\\r\n]+/y : /[^'\\\r\n]+/y);
    const char = cursor.source.charAt(cursor.position);
    if (char === quote) break;
    if (char === "") cursor.fail("unfinished string", "<eof>");
    if (char !== "\\") cursor.fail("unfinished string", quote + value);
    value += readEscape(cursor, quote + value);
  }
  cursor.position += 1;
  return [quote + value + quote, value];
}

function readEscape(cursor: Cursor, soFar: string): string {
  cursor.position += 1;
  const char = cursor.source.charAt(cursor.position);
  if (char === "\n" || char === "\r") {
    cursor.breakLine();
    return "\n";
  }
  const digits = cursor.take(/\d{1,3}/y);
  if (digits === "") {
    cursor.position += char.length;
    return escapes[char] ?? char;
  }
  if (Number(digits) > 255) cursor.fail("escape sequence too large", soFar);
  return String.fromCharCode(Number(digits));
}

/** Reads on to the end of what a long bracket opened. A line break at once behind the bracket does not belong to it. */
export function readLongBracket(cursor: Cursor, bracket: string, what: "string" | "comment"): string {
  const close = bracket.replaceAll("[", "]");
  if (/[\r\n]/.test(cursor.source.charAt(cursor.position))) cursor.breakLine();
  let value = "";
  for (;;) {
    value += cursor.take(/[^\]\r\n[]+/y);
    const char = cursor.source.charAt(cursor.position);
    if (cursor.source.startsWith(close, cursor.position)) break;
    if (char === "") cursor.fail(`unfinished long ${what}`, "<eof>");
    if (char === "\n" || char === "\r") {
      cursor.breakLine();
      value += "\n";
      continue;
    }
    if (bracket === "[[" && cursor.source.startsWith("[[", cursor.position)) {
      cursor.fail("nesting of [[...]] is deprecated", "[");
    }
    value += char;
    cursor.position += 1;
  }
  cursor.position += close.length;
  return value;
}
