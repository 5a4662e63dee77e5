import { typeName } from "./type-name.ts";
import type { LuaValue } from "./table.ts";
import { positionOf, type Site, type ValueName } from "./site.ts";

/** An error that a script raised, or that was raised in it; `pcall` catches it. */
export class LuaError extends Error {
  override readonly name = "LuaError";
  /** What `pcall` gives: mostly a text, for errors of commands a table with `err`. */
  readonly value: LuaValue;
  /** The place of the script that Redis tells behind an uncaught error. */
  readonly site: Site;

  constructor(value: LuaValue, site: Site) {
    super(typeof value === "string" ? value : typeName(value));
    this.value = value;
    this.site = site.caller ?? site;
  }
}

/** A script that seems to have no end. That is nothing that a script could catch, or Redis would answer. */
export class EndlessScriptError extends Error {
  override readonly name = "EndlessScriptError";
}

/** A script used something that this engine does not know. `pcall` does not catch it; the reply says it by name. */
export class NotSimulatedError extends Error {
  override readonly name = "NotSimulatedError";

  constructor(what: string) {
    super(`${what} is not simulated`);
  }
}

/** Raises a runtime error of the script at this place. */
export function raise(message: string, site: Site): never {
  throw new LuaError(positionOf(site) + message, site);
}

/** `attempt to index local 'x' (a nil value)` */
export function raiseTypeError(operation: string, value: LuaValue, name: ValueName | undefined, site: Site): never {
  const type = typeName(value);
  const what = name === undefined ? `a ${type} value` : `${name.kind} '${name.name}' (a ${type} value)`;
  return raise(`attempt to ${operation} ${what}`, site);
}
