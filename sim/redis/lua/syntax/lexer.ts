import { parseNumber } from "../runtime/numerals.ts";
import { Cursor } from "./cursor.ts";
import { readLongBracket, readQuoted } from "./strings.ts";
import { reservedWords, type Token } from "./token.ts";

const blank = /[ \t\v\f]+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const numeral = /\.?[0-9][0-9.]*(?:[Ee][+-]?)?[A-Za-z0-9_]*/y;
const signs = /\.\.\.|\.\.|==|<=|>=|~=|[^]/y;
const lineComment = /[^\r\n]*/y;

/** Cuts Lua source into tokens, one at a time. */
export class Lexer extends Cursor {
  /** The next token, and in the end `<eof>` again and again. @throws LuaSyntaxError */
  next(): Token {
    this.#skipBlanks();
    const { source, position } = this;
    if (position >= source.length) return this.#token("<eof>", "<eof>");
    const char = source.charAt(position);
    if (char === '"' || char === "'") return this.#token("<string>", ...readQuoted(this, char));
    if (char === "[" && /\[=*\[/y.exec(source.slice(position, position + 200))) return this.#longString();
    return this.#word() ?? this.#number() ?? this.#sign();
  }

  #skipBlanks(): void {
    for (;;) {
      this.take(blank);
      const char = this.source.charAt(this.position);
      if (char === "\n" || char === "\r") this.breakLine();
      else if (this.source.startsWith("--", this.position)) this.#comment();
      else return;
    }
  }

  #comment(): void {
    this.position += 2;
    const bracket = this.take(/\[=*\[/y);
    if (bracket === "") this.take(lineComment);
    else readLongBracket(this, bracket, "comment");
  }

  #longString(): Token {
    const bracket = this.take(/\[=*\[/y);
    const value = readLongBracket(this, bracket, "string");
    return this.#token("<string>", bracket + value + bracket.replaceAll("[", "]"), value);
  }

  #word(): Token | undefined {
    const text = this.take(name);
    if (text === "") return undefined;
    return this.#token(reservedWords.has(text) ? text : "<name>", text);
  }

  #number(): Token | undefined {
    const text = this.take(numeral);
    if (text === "") return undefined;
    const value = parseNumber(text);
    if (value === undefined) this.fail("malformed number", text);
    return this.#token("<number>", text, value);
  }

  #sign(): Token {
    const opening = this.take(/\[=+/y);
    if (opening !== "") this.fail("invalid long string delimiter", opening);
    const sign = this.take(signs);
    return this.#token(sign, sign < " " || sign === "\x7f" ? `char(${sign.charCodeAt(0)})` : sign);
  }

  #token(type: string, text: string, value: string | number = text): Token {
    return { type, text, value, line: this.line };
  }
}
