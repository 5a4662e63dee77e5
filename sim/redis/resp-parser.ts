import type { Bytes } from "../bytes.ts";
import { inlineWords } from "./inline-words.ts";

/** How much a client may send. */
export interface RespLimits {
  /** Bytes of one command that is not complete. @defaultValue 1 GiB, Redis's `client-query-buffer-limit` */
  readonly queryBufferMax?: number;
  /** Bytes of one word. @defaultValue 512 MiB, Redis's `proto-max-bulk-len` */
  readonly wordMax?: number;
}

/** What a client did wrong, in Redis's words; it is told, and hung up on. */
export class ProtocolError extends Error {
  /** @param reason - as Redis words it: `invalid bulk length` */
  constructor(reason: string) {
    super(`ERR Protocol error: ${reason}`);
  }
}

const wordCountMax = 2 ** 31 - 1;
const inlineMax = 64 * 1024;

/** Takes commands out of what a client sends, however it is cut into pieces. */
export class RespParser {
  readonly #limits: Required<RespLimits>;
  #buffer: Bytes = "";
  #at = 0;
  #words: Bytes[] = [];
  /** Bytes of those. */
  #gathered = 0;
  /** Words that the command at hand still lacks; nothing between two commands. */
  #missing: number | undefined;
  #wordLength: number | undefined;

  constructor({ queryBufferMax = 2 ** 30, wordMax = 512 * 1024 * 1024 }: RespLimits = {}) {
    this.#limits = { queryBufferMax, wordMax };
  }

  /** Gives the commands that are complete now, one by one. @throws ProtocolError behind the last good one */
  *push(bytes: Bytes): Generator<readonly Bytes[], void, void> {
    this.#buffer = this.#buffer.slice(this.#at) + bytes;
    this.#at = 0;
    for (let next = this.#next(); next; next = this.#next()) {
      if (next.length > 0) yield next;
    }
    if (this.#gathered + this.#buffer.length - this.#at > this.#limits.queryBufferMax)
      throw new ProtocolError("too big query");
  }

  #next(): readonly Bytes[] | undefined {
    if (this.#missing === undefined && !this.#begin()) return undefined;
    while (this.#missing !== undefined && this.#missing > 0) {
      const word = this.#word();
      if (word === undefined) return undefined;
      this.#words.push(word);
      this.#gathered += word.length;
      this.#missing -= 1;
    }
    const words = this.#words;
    this.#words = [];
    this.#gathered = 0;
    this.#missing = undefined;
    return words;
  }

  /** Reads how many words there will be, or an inline command with all of them. */
  #begin(): boolean {
    const isInline = this.#at < this.#buffer.length && this.#buffer[this.#at] !== "*";
    const line = this.#line(isInline ? "too big inline request" : "too big mbulk count string");
    if (line === undefined) return false;
    if (isInline) {
      const words = inlineWords(line);
      if (!words) throw new ProtocolError("unbalanced quotes in request");
      this.#words = words;
      this.#missing = 0;
      return true;
    }
    const count = integerIn(line.slice(1));
    if (count === undefined || count > wordCountMax) throw new ProtocolError("invalid multibulk length");
    this.#missing = Math.max(0, count);
    return true;
  }

  #word(): Bytes | undefined {
    if (this.#wordLength === undefined) {
      const line = this.#line("too big bulk count string");
      if (line === undefined) return undefined;
      this.#wordLength = this.#lengthIn(line);
    }
    const end = this.#at + this.#wordLength;
    if (this.#buffer.length < end + 2) return undefined;
    const word = this.#buffer.slice(this.#at, end);
    this.#at = end + 2;
    this.#wordLength = undefined;
    return word;
  }

  #lengthIn(line: Bytes): number {
    if (!line.startsWith("$")) throw new ProtocolError(`expected '$', got '${line.charAt(0)}'`);
    const length = integerIn(line.slice(1));
    if (length === undefined || length < 0 || length > this.#limits.wordMax) {
      throw new ProtocolError("invalid bulk length");
    }
    return length;
  }

  #line(tooBig: string): Bytes | undefined {
    const end = this.#buffer.indexOf("\n", this.#at);
    if (end === -1) {
      if (this.#buffer.length - this.#at > inlineMax) throw new ProtocolError(tooBig);
      return undefined;
    }
    const line = this.#buffer.slice(this.#at, end).replace(/\r$/, "");
    this.#at = end + 1;
    return line;
  }
}

function integerIn(text: Bytes): number | undefined {
  return /^-?\d{1,18}$/.test(text) ? Number(text) : undefined;
}
