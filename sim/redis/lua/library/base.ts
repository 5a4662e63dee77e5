import { toNumber } from "../runtime/arithmetic.ts";
import { first, invoke, metamethod, none } from "../runtime/calls.ts";
import { isTrue } from "../runtime/comparison.ts";
import { LuaError } from "../runtime/errors.ts";
import { addressOf } from "../runtime/identities.ts";
import { setRaw } from "../runtime/indexing.ts";
import { machine } from "../runtime/machine.ts";
import { numberText, plainText } from "../runtime/number-text.ts";
import { nowhere, positionOf, type Site } from "../runtime/site.ts";
import { LuaTable, Userdata, type LuaFunction, type LuaValue } from "../runtime/table.ts";
import { typeName } from "../runtime/type-name.ts";
import {
  anyArgument,
  badArgument,
  badType,
  fail,
  failBare,
  intArgument,
  numberArgument,
  optional,
  stringArgument,
  tableArgument,
} from "./arguments.ts";
import type { Library } from "./library.ts";
import { parseInteger } from "./integer-text.ts";

/** The most values that fit on Lua's C stack (LUAI_MAXCSTACK), besides what is there. */
const resultsAtMost = 7996;

/** How a value is shown: `nil`, `1`, `table: 0x…`. */
function textOfValue(value: LuaValue): LuaValue {
  const handler = metamethod(value, "__tostring");
  if (handler !== undefined) return first(invoke(handler, value));
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (value instanceof Userdata) return value.text;
  if (value instanceof LuaTable || typeof value === "function") return shownAddress(value);
  return value === undefined ? "nil" : String(value);
}

/** As {@link textOfValue}, whatever the value's own handler makes of it. */
export function shownText(value: LuaValue): string {
  const shown = textOfValue(value);
  return typeof shown === "string" ? shown : typeName(shown);
}

function shownAddress(object: LuaTable | LuaFunction): string {
  return `${typeName(object)}: 0x${addressOf(object).toString(16).padStart(12, "7f0000000000")}`;
}

const nextEntry: LuaFunction = (...args) => {
  const entry = tableArgument(args, 1).next(args[1]);
  if (entry === null) return failBare("invalid key to 'next'");
  return entry ?? undefined;
};

/** What `pairs` gives does the same as `next`, but is not the same. */
const nextOfPairs: LuaFunction = (...args) => nextEntry(...args);

const nextIndex: LuaFunction = (...args) => {
  const place = intArgument(args, 2) + 1;
  const value = tableArgument(args, 1).getNumber(place);
  return value === undefined ? none : [place, value];
};

/** The functions that Lua has without any library's name, but for those that catch errors or load chunks. */
export const base: Library = {
  next: nextEntry,
  pairs: (...args) => [nextOfPairs, tableArgument(args, 1), undefined],
  ipairs: (...args) => [nextIndex, tableArgument(args, 1), 0],
  rawequal: (...args) => anyArgument(args, 1) === anyArgument(args, 2),
  rawget: (...args) => {
    const table = tableArgument(args, 1);
    return table.get(anyArgument(args, 2));
  },
  rawset: (...args) => {
    const table = tableArgument(args, 1);
    setRaw(table, anyArgument(args, 2), anyArgument(args, 3), { ...nowhere, caller: machine.site });
    return table;
  },
  tostring: (...args) => textOfValue(anyArgument(args, 1)),
  type: (...args) => typeName(anyArgument(args, 1)),
  tonumber: (...args) => {
    const radix = optional(args, 2, intArgument, 10);
    if (radix === 10) return toNumber(anyArgument(args, 1));
    const text = stringArgument(args, 1);
    if (radix < 2 || radix > 36) badArgument(2, "base out of range");
    return parseInteger(text, radix);
  },
  select: (...args) => {
    if (args[0] === "#") return args.length - 1;
    const wanted = intArgument(args, 1);
    const from = wanted < 0 ? args.length + wanted : Math.min(wanted, args.length);
    if (from < 1) badArgument(1, "index out of range");
    return args.slice(from);
  },
  unpack: (...args) => {
    const table = tableArgument(args, 1);
    const from = optional(args, 2, intArgument, 1);
    const to = args[2] === undefined ? table.length() : intArgument(args, 3);
    if (from === 1 && to === table.array.length) return table.array.slice();
    if (to - from >= resultsAtMost) fail("too many results to unpack");
    const values: LuaValue[] = [];
    for (let place = from; place <= to; place++) values.push(table.getNumber(place));
    return values;
  },
  getmetatable: (...args) => {
    const value = anyArgument(args, 1);
    if (typeof value === "string") return stringMetatable.table;
    if (!(value instanceof LuaTable) || value.metatable === undefined) return undefined;
    return value.metatable.getKey("__metatable") ?? value.metatable;
  },
  setmetatable: (...args) => {
    const table = tableArgument(args, 1);
    const metatable = args[1];
    if (args.length < 2 || (metatable !== undefined && !(metatable instanceof LuaTable))) {
      return badArgument(2, "nil or table expected");
    }
    if (table.metatable?.getKey("__metatable") !== undefined) fail("cannot change a protected metatable");
    if (table.isReadonly) failBare("Attempt to modify a readonly table");
    table.metatable = metatable;
    return table;
  },
  assert: (...args) => {
    if (isTrue(anyArgument(args, 1))) return args;
    return fail(optional(args, 2, stringArgument, "assertion failed!"));
  },
  error: (...args) => {
    const level = optional(args, 2, intArgument, 1);
    const [value] = args;
    if (level <= 0 || (typeof value !== "string" && typeof value !== "number")) throw new LuaError(value, machine.site);
    throw new LuaError(positionOf(siteAt(level)) + plainText(value), machine.site);
  },
  collectgarbage: (...args) => {
    const option = optional(args, 1, stringArgument, "collect");
    if (!Object.hasOwn(collections, option)) badArgument(1, `invalid option '${option}'`);
    optional(args, 2, numberArgument, 0);
    return collections[option];
  },
  gcinfo: () => 42,
  _VERSION: "Lua 5.1",
};

/** The metatable that all strings share. */
export const stringMetatable = { table: new LuaTable() };

/** Nothing is collected here; the size is a fair guess of what an idle Redis has. */
const collections: Readonly<Record<string, LuaValue>> = {
  stop: 0,
  restart: 0,
  collect: 0,
  count: 42,
  step: false,
  setpause: 200,
  setstepmul: 200,
};

/** Who called: level 1 is the function that calls `error`, level 2 its caller, and so on. */
function siteAt(level: number): Site {
  if (level === 1) return machine.site;
  return machine.stack.at(1 - level) ?? nowhere;
}

/** For the libraries that check a callback early. */
export function functionArgument(args: readonly LuaValue[], position: number): LuaFunction {
  const value = args[position - 1];
  return typeof value === "function" ? value : badType(args, position, "function");
}
