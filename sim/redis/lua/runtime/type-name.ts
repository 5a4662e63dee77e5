import { LuaTable, type LuaValue } from "./table.ts";

/** What Lua calls the type of a value. */
export function typeName(value: LuaValue): string {
  if (value === undefined) return "nil";
  if (value instanceof LuaTable) return "table";
  const type = typeof value;
  return type === "object" ? "userdata" : type;
}
