import type { Bytes } from "../bytes.ts";

const space = /[\s\0]/;
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", a: "\u0007" };

/** The words of an inline command, which may be quoted; nothing when a quote is not closed as it should be. */
export function inlineWords(line: Bytes): Bytes[] | undefined {
  const words: Bytes[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && space.test(line.charAt(at))) at += 1;
    if (at >= line.length) return words;
    const word = wordAt(line, at);
    if (!word) return undefined;
    words.push(word.text);
    at = word.end;
  }
}

interface Piece {
  readonly text: Bytes;
  readonly end: number;
}

/** Up to the next space; a quote opens anywhere within, and whatever closes it must be the word's end. */
function wordAt(line: Bytes, start: number): Piece | undefined {
  let text = "";
  for (let at = start; at < line.length; at++) {
    const char = line.charAt(at);
    if (space.test(char)) return { text, end: at };
    if (char === '"' || char === "'") {
      const quoted = char === '"' ? doubleQuoted(line, at + 1) : singleQuoted(line, at + 1);
      return quoted && { text: text + quoted.text, end: quoted.end };
    }
    text += char;
  }
  return { text, end: line.length };
}

function doubleQuoted(line: Bytes, start: number): Piece | undefined {
  let text = "";
  for (let at = start; at < line.length; at++) {
    const char = line.charAt(at);
    const hex = /^\\x([\da-f]{2})/i.exec(line.slice(at, at + 4))?.[1];
    if (hex) {
      text += String.fromCharCode(Number.parseInt(hex, 16));
      at += 3;
    } else if (char === "\\" && at + 1 < line.length) {
      const escaped = line.charAt((at += 1));
      text += escapes[escaped] ?? escaped;
    } else if (char === '"') return closed(line, text, at);
    else text += char;
  }
  return undefined;
}

function singleQuoted(line: Bytes, start: number): Piece | undefined {
  let text = "";
  for (let at = start; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === "\\" && line.charAt(at + 1) === "'") text += line.charAt((at += 1));
    else if (char === "'") return closed(line, text, at);
    else text += char;
  }
  return undefined;
}

function closed(line: Bytes, text: Bytes, quoteAt: number): Piece | undefined {
  const isEnd = quoteAt + 1 >= line.length || space.test(line.charAt(quoteAt + 1));
  return isEnd ? { text, end: quoteAt + 1 } : undefined;
}
