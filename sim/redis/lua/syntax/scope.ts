import type { Local } from "./ast.ts";

/** The functions and variables that the parser is inside of. */
export class Scope {
  readonly outer: Scope | undefined;
  /** The line on which the function starts; 0 for the main chunk. */
  readonly line: number;
  readonly isVararg: boolean;
  /** The function says `...`. */
  usesVararg = false;
  /** How many loops are open. */
  loops = 0;
  readonly #active: Local[] = [];
  readonly #upvalues = new Set<Local>();

  constructor(line: number, isVararg: boolean, outer?: Scope) {
    this.line = line;
    this.isVararg = isVararg;
    this.outer = outer;
  }

  get activeLocals(): number {
    return this.#active.length;
  }

  get upvalueCount(): number {
    return this.#upvalues.size;
  }

  declare(local: Local): void {
    this.#active.push(local);
  }

  /** Forgets the variables of a block. */
  closeTo(activeLocals: number): void {
    this.#active.length = activeLocals;
  }

  /** The variable of this name, innermost first; also those of the functions around. */
  find(name: string): { readonly local: Local; readonly isUpvalue: boolean } | undefined {
    const own = this.#active.findLast((local) => local.name === name);
    if (own) return { local: own, isUpvalue: false };
    const outer = this.outer?.find(name);
    if (outer === undefined) return undefined;
    this.#upvalues.add(outer.local);
    return { local: outer.local, isUpvalue: true };
  }
}
