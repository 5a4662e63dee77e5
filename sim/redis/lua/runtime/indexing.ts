import { handle, metamethod } from "./calls.ts";
import { raise, raiseTypeError } from "./errors.ts";
import type { Site } from "./site.ts";
import { LuaTable, type LuaValue } from "./table.ts";

/** Handlers may lead to one another so often (MAXTAGLOOP). */
const handlersAtMost = 100;

/** `object[key]` */
export function index(object: LuaValue, key: LuaValue, site: Site): LuaValue {
  if (object instanceof LuaTable) {
    const value = object.get(key);
    if (value !== undefined || object.metatable === undefined) return value;
  }
  return indexSlowly(object, key, site);
}

/** `object.key`, where the key is a constant text. */
export function field(object: LuaValue, key: string, site: Site): LuaValue {
  if (object instanceof LuaTable) {
    const value = object.getKey(key);
    if (value !== undefined || object.metatable === undefined) return value;
  }
  return indexSlowly(object, key, site);
}

/** `object[key] = value` */
export function setIndex(object: LuaValue, key: LuaValue, value: LuaValue, site: Site): void {
  if (!(object instanceof LuaTable) || object.metatable !== undefined) {
    setSlowly(object, key, value, site);
    return;
  }
  setRaw(object, key, value, site);
}

/** Sets a key without looking at the metatable. */
export function setRaw(table: LuaTable, key: LuaValue, value: LuaValue, site: Site): void {
  if (table.isReadonly) raise("Attempt to modify a readonly table", site);
  if (key === undefined) raise("table index is nil", site);
  if (typeof key === "number" && Number.isNaN(key)) raise("table index is NaN", site);
  table.set(key, value);
}

/** `#value` */
export function lengthOf(value: LuaValue, site: Site): number {
  if (value instanceof LuaTable) return value.length();
  if (typeof value === "string") return value.length;
  return raiseTypeError("get length of", value, site.name, site);
}

/** Redis has taken away the other ways to make a global variable. */
export function missingGlobal(name: string, site: Site): never {
  return raise(`Script attempted to access nonexistent global variable '${name}'`, site);
}

/** The functions of a string's metatable. The base library puts them there. */
export const stringMethods = { table: new LuaTable() };

function indexSlowly(start: LuaValue, key: LuaValue, site: Site): LuaValue {
  let object = start;
  for (let turn = 0; turn < handlersAtMost; turn++) {
    if (object instanceof LuaTable) {
      const value = object.get(key);
      if (value !== undefined || object.metatable === undefined) return value;
    }
    const handler = typeof object === "string" ? stringMethods.table : metamethod(object, "__index");
    if (handler === undefined) return object instanceof LuaTable ? undefined : refuseIndex(object, start, site);
    if (typeof handler === "function") return handle(handler, site, object, key);
    object = handler;
  }
  return raise("loop in gettable", site);
}

function setSlowly(start: LuaValue, key: LuaValue, value: LuaValue, site: Site): void {
  let object = start;
  for (let turn = 0; turn < handlersAtMost; turn++) {
    const handler = metamethod(object, "__newindex");
    if (object instanceof LuaTable && (handler === undefined || object.get(key) !== undefined)) {
      setRaw(object, key, value, site);
      return;
    }
    if (handler === undefined) refuseIndex(object, start, site);
    if (typeof handler === "function") {
      handle(handler, site, object, key, value);
      return;
    }
    object = handler;
  }
  raise("loop in settable", site);
}

/** What handlers have led to has no name. */
function refuseIndex(object: LuaValue, start: LuaValue, site: Site): never {
  return raiseTypeError("index", object, object === start ? site.name : undefined, site);
}
