import type { Bytes } from "../../../bytes.ts";
import type { Block, Local } from "./ast.ts";
import type { Chunk } from "./chunk.ts";
import { Lexer } from "./lexer.ts";
import { Scope } from "./scope.ts";
import type { Token } from "./token.ts";

/** Lua's own limits (luaconf.h). */
const localsAtMost = 200;
const upvaluesAtMost = 60;
const levelsAtMost = 200;

/** What both halves of the parser read with: the token at hand, the scope, and the ways to complain. */
export class Reader {
  token: Token;
  /** The line of the token that was read last. */
  lastLine = 1;
  scope = new Scope(0, true);
  readonly readBlock: (reader: Reader) => Block;
  readonly #lexer: Lexer;
  #ahead: Token | undefined;
  #levels = 0;
  #locals = 0;

  /** @param readBlock - reads statements; expressions need it for the bodies of functions */
  constructor(source: Bytes, chunk: Chunk, readBlock: (reader: Reader) => Block) {
    this.readBlock = readBlock;
    this.#lexer = new Lexer(source, chunk);
    this.token = this.#lexer.next();
  }

  /** The line of the token at hand. */
  get line(): number {
    return this.token.line;
  }

  advance(): Token {
    const read = this.token;
    this.lastLine = read.line;
    this.token = this.#ahead ?? this.#lexer.next();
    this.#ahead = undefined;
    return read;
  }

  /** The type of the token behind the one at hand. */
  peek(): string {
    this.#ahead ??= this.#lexer.next();
    return this.#ahead.type;
  }

  /** Goes over a token of this type, if it is at hand. */
  accept(type: string): boolean {
    if (this.token.type !== type) return false;
    this.advance();
    return true;
  }

  expect(type: string): Token {
    if (this.token.type !== type) this.fail(`'${type}' expected`);
    return this.advance();
  }

  /** Expects what ends something that began on another line. */
  expectClosing(type: string, opened: string, line: number): void {
    if (this.accept(type)) return;
    if (line === this.line) this.fail(`'${type}' expected`);
    this.fail(`'${type}' expected (to close '${opened}' at line ${line})`);
  }

  expectName(): string {
    return this.expect("<name>").text;
  }

  /** @throws LuaSyntaxError always */
  fail(message: string): never {
    return this.failAt(message, this.token.text);
  }

  failAt(message: string, near?: string): never {
    if (this.#ahead === undefined) this.#lexer.line = this.token.line;
    return this.#lexer.fail(message, near);
  }

  /** Reads something that may contain itself: no deeper than Lua does. */
  nested<T>(read: () => T): T {
    this.#levels += 1;
    if (this.#levels > levelsAtMost) this.failAt("chunk has too many syntax levels");
    const result = read();
    this.#levels -= 1;
    return result;
  }

  /** A variable that is not in scope yet. */
  newLocal(name: string, isNumber = false): Local {
    this.#locals += 1;
    return { name, id: this.#locals, assigned: false, isNumber };
  }

  /** Brings variables into scope. */
  declare(...locals: readonly Local[]): void {
    for (const local of locals) {
      if (this.scope.activeLocals >= localsAtMost) this.#tooMany(localsAtMost, "local variables");
      this.scope.declare(local);
    }
  }

  /** The variable of this name, if it is a local one. */
  findLocal(name: string): { readonly local: Local; readonly isUpvalue: boolean } | undefined {
    const found = this.scope.find(name);
    if (this.scope.upvalueCount > upvaluesAtMost) this.#tooMany(upvaluesAtMost, "upvalues");
    return found;
  }

  #tooMany(limit: number, what: string): never {
    const { line } = this.scope;
    const owner = line === 0 ? "main function" : `function at line ${line}`;
    return this.failAt(`${owner} has more than ${limit} ${what}`);
  }
}
