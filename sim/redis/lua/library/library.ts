import { LuaTable, type LuaFunction, type LuaValue } from "../runtime/table.ts";

/** A library of functions and constants, as scripts find it: protected against changes. */
export type Library = Readonly<Record<string, LuaFunction | LuaValue>>;

/** The table that scripts see of a library. */
export function libraryTable(library: Library): LuaTable {
  const table = new LuaTable();
  for (const [name, value] of Object.entries(library)) table.set(name, value);
  table.isReadonly = true;
  return table;
}
