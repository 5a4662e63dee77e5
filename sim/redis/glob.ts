import type { Bytes } from "../bytes.ts";

/** Tests a text against a pattern. */
export type Matches = (text: Bytes) => boolean;

const compiled = new Map<Bytes, Matches>();
const compiledMax = 500;

/** Redis's glob-style patterns: `*`, `?`, `[a-z]`, `[^a]`, and a backslash that takes their meaning away. */
export function globPattern(pattern: Bytes): Matches {
  const known = compiled.get(pattern);
  if (known) return known;
  const expression = new RegExp(`^${expressionOf(pattern)}$`, "s");
  const matches: Matches = pattern === "*" ? () => true : (text) => expression.test(text);
  if (compiled.size >= compiledMax) compiled.clear();
  compiled.set(pattern, matches);
  return matches;
}

function expressionOf(pattern: Bytes): string {
  let text = "";
  let at = 0;
  while (at < pattern.length) {
    const part = partAt(pattern, at);
    text += part.expression;
    at += part.length;
  }
  return text.replaceAll(/(?:\.\*){2,}/g, ".*");
}

interface Part {
  readonly expression: string;
  readonly length: number;
}

function partAt(pattern: Bytes, at: number): Part {
  const char = pattern.charAt(at);
  if (char === "*") return { expression: ".*", length: 1 };
  if (char === "?") return { expression: ".", length: 1 };
  if (char === "[") return classAt(pattern, at);
  const isEscape = char === "\\" && at + 1 < pattern.length;
  return { expression: escaped(isEscape ? pattern.charAt(at + 1) : char), length: isEscape ? 2 : 1 };
}

/** A class ends at its bracket, or with the pattern. One that has nothing in it matches nothing. */
function classAt(pattern: Bytes, start: number): Part {
  const isNegated = pattern.charAt(start + 1) === "^";
  let at = start + (isNegated ? 2 : 1);
  let inside = "";
  while (at < pattern.length && pattern.charAt(at) !== "]") {
    const item = itemAt(pattern, at);
    inside += item.expression;
    at += item.length;
  }
  const expression = inside === "" ? (isNegated ? "." : "(?!)") : `[${isNegated ? "^" : ""}${inside}]`;
  return { expression, length: at + 1 - start };
}

/** A character, an escaped one, or a range, which may be written backwards. */
function itemAt(pattern: Bytes, at: number): Part {
  const char = pattern.charAt(at);
  if (char === "\\" && at + 1 < pattern.length) return { expression: escaped(pattern.charAt(at + 1)), length: 2 };
  if (pattern.charAt(at + 1) !== "-" || at + 2 >= pattern.length) return { expression: escaped(char), length: 1 };
  const [low = "", high = ""] = [char, pattern.charAt(at + 2)].toSorted();
  return { expression: `${escaped(low)}-${escaped(high)}`, length: 3 };
}

function escaped(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
