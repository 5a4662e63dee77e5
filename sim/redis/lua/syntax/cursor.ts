import type { Bytes } from "../../../bytes.ts";
import type { Chunk } from "./chunk.ts";
import { LuaSyntaxError } from "./syntax-error.ts";

/** A place in Lua source, and the steps forward from it. */
export class Cursor {
  readonly source: Bytes;
  /** The line that has been come to. */
  line = 1;
  position = 0;
  readonly #chunk: Chunk;

  constructor(source: Bytes, chunk: Chunk) {
    this.source = source;
    this.#chunk = chunk;
  }

  /** @throws LuaSyntaxError always: the message, and near what it is. */
  fail(message: string, near?: string): never {
    const where = near === undefined ? "" : ` near '${near}'`;
    throw new LuaSyntaxError(`${this.#chunk.id}:${this.line}: ${message}${where}`);
  }

  /** What the pattern (sticky) finds here; the lexer goes behind it. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source)?.[0] ?? "";
    this.position += found.length;
    return found;
  }

  /** Goes behind a line break: `\n`, `\r`, or both in either order. */
  breakLine(): void {
    this.line += 1;
    this.take(/\r\n|\n\r|\r|\n/y);
  }
}
