import type { LuaTable, LuaValue } from "../runtime/table.ts";

/** The entries of a table in the order of `next`. */
export function* entriesOf(table: LuaTable): Generator<readonly [LuaValue, LuaValue]> {
  let entry = table.next(undefined);
  while (entry) {
    yield entry;
    entry = table.next(entry[0]);
  }
}
