import type { Lexer } from "./lexer.ts";

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
export function readQuoted(lexer: Lexer, quote: string): [text: string, value: string] {
  lexer.position += 1;
  let value = "";
  for (;;) {
    value += lexer.take(quote === '"' ? /[^"\\\r\n]+/y : /[^'\\\r\n]+/y);
    const char = lexer.source.charAt(lexer.position);
    if (char === quote) break;
    if (char === "") lexer.fail("unfinished string", "<eof>");
    if (char !== "\\") lexer.fail("unfinished string", quote + value);
    value += readEscape(lexer, quote + value);
  }
  lexer.position += 1;
  return [quote + value + quote, value];
}

function readEscape(lexer: Lexer, soFar: string): string {
  lexer.position += 1;
  const char = lexer.source.charAt(lexer.position);
  if (char === "\n" || char === "\r") {
    lexer.breakLine();
    return "\n";
  }
  const digits = lexer.take(/\d{1,3}/y);
  if (digits === "") {
    lexer.position += char.length;
    return escapes[char] ?? char;
  }
  if (Number(digits) > 255) lexer.fail("escape sequence too large", soFar);
  return String.fromCharCode(Number(digits));
}

/** Reads on to the end of what a long bracket opened. A line break at once behind the bracket does not belong to it. */
export function readLongBracket(lexer: Lexer, bracket: string, what: "string" | "comment"): string {
  const close = bracket.replaceAll("[", "]");
  if (/[\r\n]/.test(lexer.source.charAt(lexer.position))) lexer.breakLine();
  let value = "";
  for (;;) {
    value += lexer.take(/[^\]\r\n[]+/y);
    const char = lexer.source.charAt(lexer.position);
    if (lexer.source.startsWith(close, lexer.position)) break;
    if (char === "") lexer.fail(`unfinished long ${what}`, "<eof>");
    if (char === "\n" || char === "\r") {
      lexer.breakLine();
      value += "\n";
      continue;
    }
    if (bracket === "[[" && lexer.source.startsWith("[[", lexer.position)) {
      lexer.fail("nesting of [[...]] is deprecated", "[");
    }
    value += char;
    lexer.position += 1;
  }
  lexer.position += close.length;
  return value;
}
