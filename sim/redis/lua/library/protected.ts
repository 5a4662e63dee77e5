import { first, invoke, list, metamethod } from "../runtime/calls.ts";
import { LuaError } from "../runtime/errors.ts";
import { field } from "../runtime/indexing.ts";
import { machine } from "../runtime/machine.ts";
import { positionOf } from "../runtime/site.ts";
import { LuaTable, type LuaFunction, type LuaResult, type LuaValue } from "../runtime/table.ts";
import { anyArgument } from "./arguments.ts";
import { shownText } from "./base.ts";
import type { Library } from "./library.ts";
import { errorTable } from "./redis-arguments.ts";

/**
 * The error of a script in what JavaScript threw; everything else goes on its way.
 *
 * A recursion that used up JavaScript's stack is Lua's `stack overflow`, a text that is too long its
 * `not enough memory`.
 */
export function scriptError(thrown: unknown): LuaError {
  if (thrown instanceof LuaError) return thrown;
  if (!(thrown instanceof RangeError)) throw thrown;
  const isStack = /call stack/i.test(thrown.message);
  const { site } = machine;
  return new LuaError(isStack ? `${positionOf(site)}stack overflow` : "not enough memory", site);
}

/** Redis's own `pcall`: of an error that is a table with `err`, it gives the text. */
const pcall: LuaFunction = (...args) => {
  // It counts what it is to call among its arguments before it looks: with none, it calls a boolean.
  if (args.length === 0) return [false, "attempt to call a boolean value"];
  return guarded(
    () => invoke(...(args as [LuaValue, ...LuaValue[]])),
    ({ value }) => (value instanceof LuaTable ? errorOfTable(value) : [value]),
  );
};

const xpcall: LuaFunction = (...args) => {
  anyArgument(args, 2);
  return guarded(
    () => invoke(args[0]),
    ({ value }) => [handled(args[1], value)],
  );
};

/** The functions that catch errors. */
export const protectedCalls: Library = { pcall, xpcall };

function guarded(attempt: () => LuaResult, onError: (error: LuaError) => readonly LuaValue[]): LuaResult {
  const { site, protections } = machine;
  const depth = machine.stack.length;
  machine.protections += 1;
  try {
    return [true, ...list(attempt())];
  } catch (thrown) {
    const error = scriptError(thrown);
    machine.stack.length = depth;
    return [false, ...onError(error)];
  } finally {
    machine.site = site;
    machine.protections = protections;
  }
}

/** What the handler makes of an error. */
function handled(handler: LuaValue, value: LuaValue): LuaValue {
  try {
    return first(invoke(handler, value));
  } catch (thrown) {
    scriptError(thrown);
    return "error in error handling";
  }
}

/** A table without a text in `err` comes out with the nil that was found there. */
function errorOfTable(table: LuaTable): readonly LuaValue[] {
  const handler = metamethod(table, "__index");
  const text = handler === undefined ? table.getKey("err") : field(table, "err", machine.site);
  return typeof text === "string" || typeof text === "number" ? [text] : [table, text];
}

/**
 * An error as Redis's own handler, which stands outside everything, hands it on: a table that knows its place.
 */
export function reported({ value, site }: LuaError): LuaTable {
  const table = value instanceof LuaTable ? value : errorTable(`ERR ${shownText(value)}`);
  table.set("source", site.chunk.source);
  table.set("line", site.line);
  return table;
}
