import { handle, metamethod } from "./calls.ts";
import { raise } from "./errors.ts";
import type { Site } from "./site.ts";
import { LuaTable, type LuaValue } from "./table.ts";
import { typeName } from "./type-name.ts";

/** What counts as true: everything but nil and false. */
export function isTrue(value: LuaValue): boolean {
  return value !== undefined && value !== false;
}

/** `left == right` */
export function isEqual(left: LuaValue, right: LuaValue, site: Site): boolean {
  if (left === right) return true;
  if (!(left instanceof LuaTable && right instanceof LuaTable)) return false;
  const handler = sharedMetamethod(left, right, "__eq");
  return handler !== undefined && isTrue(handle(handler, site, left, right));
}

/** `left < right` */
export function isLess(left: LuaValue, right: LuaValue, site: Site): boolean {
  if (typeof left === "number" && typeof right === "number") return left < right;
  if (typeof left === "string" && typeof right === "string") return left < right;
  const handler = sharedMetamethod(left, right, "__lt");
  if (handler !== undefined) return isTrue(handle(handler, site, left, right));
  return refuse(left, right, site);
}

/** `left <= right` */
export function isAtMost(left: LuaValue, right: LuaValue, site: Site): boolean {
  if (typeof left === "number" && typeof right === "number") return left <= right;
  if (typeof left === "string" && typeof right === "string") return left <= right;
  const handler = sharedMetamethod(left, right, "__le");
  if (handler !== undefined) return isTrue(handle(handler, site, left, right));
  const reverse = sharedMetamethod(right, left, "__lt");
  if (reverse !== undefined) return !isTrue(handle(reverse, site, right, left));
  return refuse(left, right, site);
}

/** Comparing takes a handler that both agree on. */
function sharedMetamethod(left: LuaValue, right: LuaValue, event: string): LuaValue {
  const handler = metamethod(left, event);
  if (handler === undefined) return undefined;
  return handler === metamethod(right, event) ? handler : undefined;
}

/** Lua tells two types apart by their third letter. */
function refuse(left: LuaValue, right: LuaValue, site: Site): never {
  const [one, other] = [typeName(left), typeName(right)];
  if (one[2] === other[2]) return raise(`attempt to compare two ${one} values`, site);
  return raise(`attempt to compare ${one} with ${other}`, site);
}
