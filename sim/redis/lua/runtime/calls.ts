import { raiseTypeError } from "./errors.ts";
import { machine } from "./machine.ts";
import { nowhere, type Site } from "./site.ts";
import { LuaTable, type LuaFunction, type LuaResult, type LuaValue } from "./table.ts";

/** No values at all. */
export const none: readonly LuaValue[] = [];

/** The first of the values, or nil. */
export function first(result: LuaResult): LuaValue {
  return Array.isArray(result) ? (result as readonly LuaValue[])[0] : (result as LuaValue);
}

/** All the values, as a list that nobody may change. */
export function list(result: LuaResult): readonly LuaValue[] {
  return Array.isArray(result) ? (result as readonly LuaValue[]) : [result as LuaValue];
}

/**
 * What stands for a value that is called and is no function: its `__call`, or a function that raises the error. In
 * Lua the arguments are evaluated first.
 */
export function callable(value: LuaValue, site: Site): LuaFunction {
  if (typeof value === "function") return value;
  const handler = value instanceof LuaTable ? value.metatable?.getKey("__call") : undefined;
  if (typeof handler === "function") return (...args) => handler(value, ...args);
  return () => raiseTypeError("call", value, site.name, site);
}

/** Calls a value from inside the library: errors there have no position of the caller's. */
export function invoke(value: LuaValue, ...args: LuaValue[]): LuaResult {
  const { site, stack } = machine;
  stack.push(site);
  machine.site = nowhere;
  const result = (typeof value === "function" ? value : callable(value, { ...nowhere, caller: site }))(...args);
  machine.site = site;
  stack.pop();
  return result;
}

/** Calls the handler of an event at a place of the script, which calls it by no name; gives its first value. */
export function handle(handler: LuaValue, site: Site, ...args: LuaValue[]): LuaValue {
  const before = machine.site;
  const { name: _name, right: _right, ...unnamed } = site;
  machine.site = unnamed;
  const result = first(callable(handler, unnamed)(...args));
  machine.site = before;
  return result;
}

/** The handler of an event in a value's metatable. */
export function metamethod(value: LuaValue, event: string): LuaValue {
  return value instanceof LuaTable && value.metatable !== undefined ? value.metatable.getKey(event) : undefined;
}
