import { stringMethods } from "../runtime/indexing.ts";
import { machine } from "../runtime/machine.ts";
import { NotSimulatedError } from "../runtime/errors.ts";
import { LuaTable } from "../runtime/table.ts";
import { base, stringMetatable } from "./base.ts";
import { bit } from "./bit.ts";
import { chunkLibrary } from "./chunks.ts";
import { fail } from "./arguments.ts";
import { jsonLibrary, sharedSettings } from "./json.ts";
import { libraryTable, type Library } from "./library.ts";
import { math } from "./math.ts";
import { messagePack } from "./message-pack.ts";
import { protectedCalls } from "./protected.ts";
import { redis } from "./redis.ts";
import { string } from "./string.ts";
import { struct } from "./struct.ts";
import { table } from "./table.ts";

/** The global variables of Redis's Lua. Nothing in them can be changed, so all scripts share them. */
export const globals: LuaTable = makeGlobals();

/** Gives the globals the keys and arguments of a run. */
export function bindArguments(): void {
  globals.set("KEYS", machine.keys);
  globals.set("ARGV", machine.argv);
}

function makeGlobals(): LuaTable {
  const all = new LuaTable();
  const strings = libraryTable(string);
  stringMethods.table = strings;
  stringMetatable.table.set("__index", strings);
  stringMetatable.table.isReadonly = true;
  const libraries: Library = {
    ...base,
    ...protectedCalls,
    ...chunkLibrary(all),
    bit: libraryTable(bit),
    cmsgpack: libraryTable(messagePack),
    struct: libraryTable(struct),
    cjson: libraryTable(jsonLibrary(sharedSettings)),
    coroutine: libraryTable(unsimulated("coroutine", ["create", "resume", "running", "status", "wrap", "yield"])),
    math: libraryTable(math),
    redis: libraryTable(redis),
    string: strings,
    table: libraryTable(table),
  };
  for (const [name, value] of Object.entries(libraries)) all.set(name, value);
  all.set("_G", all);
  all.set("KEYS", machine.keys);
  all.set("ARGV", machine.argv);
  all.metatable = new LuaTable();
  all.metatable.set("__index", missing);
  all.metatable.isReadonly = true;
  all.isReadonly = true;
  return all;
}

function missing(_table: unknown, name: unknown): never {
  if (typeof name !== "string" && typeof name !== "number") {
    return fail("Second argument to luaProtectedTableError must be a string or number");
  }
  return fail(`Script attempted to access nonexistent global variable '${name}'`);
}

/** Functions that Redis has and this engine does not. */
function unsimulated(library: string, names: readonly string[]): Library {
  const refuse = (name: string) => () => {
    throw new NotSimulatedError(`${library}.${name}`);
  };
  return Object.fromEntries(names.map((name) => [name, refuse(name)]));
}
