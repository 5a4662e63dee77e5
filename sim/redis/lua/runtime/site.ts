import type { Chunk } from "../syntax/chunk.ts";

/** How the source calls a value: `local 'x'`, `field 'name'`. */
export interface ValueName {
  readonly kind: "local" | "upvalue" | "global" | "field" | "method";
  readonly name: string;
}

/** A place in a script where something can go wrong. */
export interface Site {
  readonly chunk: Chunk;
  /** -1 where there is no line: in a function of the library. */
  readonly line: number;
  /** The name of what is called or indexed, or of an operator's left operand. */
  readonly name?: ValueName | undefined;
  /** The name of an operator's right operand. */
  readonly right?: ValueName | undefined;
  /** A call whose caller is gone when the called function runs. */
  readonly isTail?: boolean;
  /** The place of the script behind a place in the library. */
  readonly caller?: Site;
}

/** Inside the library. */
export const nowhere: Site = { chunk: { id: "[C]", source: "=[C]" }, line: -1 };

/** The position that Lua puts in front of a message. */
export function positionOf(site: Site): string {
  return site.line > 0 ? `${site.chunk.id}:${site.line}: ` : "";
}
