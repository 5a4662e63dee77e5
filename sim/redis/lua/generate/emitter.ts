import type { Site, ValueName } from "../runtime/site.ts";
import type { LuaTable, LuaValue } from "../runtime/table.ts";
import type { FunctionBody } from "../syntax/ast.ts";
import type { Chunk } from "../syntax/chunk.ts";

/** What the parts of the generator share while they turn one chunk into JavaScript. */
export class Emitter {
  /** Places that messages can name: `S0`, `S1`, … in the code. */
  readonly sites: Site[] = [];
  /** Values of the library that the code uses directly: `K0`, `K1`, … */
  readonly constants: LuaValue[] = [];
  /** The code keeps account of the calls under way, because `error` may ask who called. */
  readonly tracksCalls: boolean;
  readonly globals: LuaTable;
  readonly #chunk: Chunk;
  readonly #emitFunction: (emitter: Emitter, body: FunctionBody) => string;
  #temporaries: string[] = [];
  #names = 0;
  #zero: string | undefined;

  constructor(
    chunk: Chunk,
    globals: LuaTable,
    tracksCalls: boolean,
    emitFunction: (emitter: Emitter, body: FunctionBody) => string,
  ) {
    this.#chunk = chunk;
    this.globals = globals;
    this.tracksCalls = tracksCalls;
    this.#emitFunction = emitFunction;
  }

  /** The JavaScript of a function. */
  emitFunction(body: FunctionBody): string {
    return this.#emitFunction(this, body);
  }

  /** Names a place of the source, for its messages. */
  site(line: number, name?: ValueName, right?: ValueName): string {
    this.sites.push({ chunk: this.#chunk, line, name, right });
    return `S${this.sites.length - 1}`;
  }

  /** Names the place of a call behind which the calling function is gone. */
  tailSite(line: number, name?: ValueName): string {
    this.sites.push({ chunk: this.#chunk, line, name, isTail: true });
    return `S${this.sites.length - 1}`;
  }

  /** Names a value of the library. */
  constant(value: LuaValue): string {
    const known = this.constants.indexOf(value);
    if (known >= 0) return `K${known}`;
    this.constants.push(value);
    return `K${this.constants.length - 1}`;
  }

  /** Zero: Lua keeps one constant for 0 and -0, so the first one in a function decides for all. */
  zero(value: number): string {
    this.#zero ??= Object.is(value, -0) ? "(-0)" : "0";
    return this.#zero;
  }

  /** A name that nothing else in the chunk has. */
  unique(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** A variable of the function at hand for a value between two steps. */
  temporary(): string {
    const name = this.unique("t");
    this.#temporaries.push(name);
    return name;
  }

  /** Emits a function's inside; its temporaries are declared in front. */
  inFunction(emit: () => string): string {
    const [outer, zero] = [this.#temporaries, this.#zero];
    this.#temporaries = [];
    this.#zero = undefined;
    const code = emit();
    const declared = this.#temporaries.length > 0 ? `let ${this.#temporaries.join(",")};` : "";
    this.#temporaries = outer;
    this.#zero = zero;
    return declared + code;
  }
}
