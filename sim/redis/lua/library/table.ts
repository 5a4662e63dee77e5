import { first, invoke, none } from "../runtime/calls.ts";
import { setRaw } from "../runtime/indexing.ts";
import { machine } from "../runtime/machine.ts";
import { numberText } from "../runtime/number-text.ts";
import { nowhere } from "../runtime/site.ts";
import type { LuaTable, LuaValue } from "../runtime/table.ts";
import { typeName } from "../runtime/type-name.ts";
import { fail, intArgument, optional, stringArgument, tableArgument } from "./arguments.ts";
import { functionArgument } from "./base.ts";
import { entriesOf } from "./entries.ts";
import type { Library } from "./library.ts";
import { sortTable } from "./sort.ts";

/** Lua's `table` library. */
export const table: Library = {
  concat: (...args) => {
    const parts = tableArgument(args, 1);
    const separator = optional(args, 2, stringArgument, "");
    const from = optional(args, 3, intArgument, 1);
    const to = args[3] === undefined ? parts.length() : intArgument(args, 4);
    let text = "";
    for (let place = from; place <= to; place++) {
      text += partText(parts.getNumber(place), place);
      if (place < to) text += separator;
    }
    return text;
  },
  insert: (...args) => {
    const list = tableArgument(args, 1);
    const end = list.length() + 1;
    if (args.length === 2) put(list, end, args[1]);
    else if (args.length === 3) insertAt(list, intArgument(args, 2), args[2], end);
    else fail("wrong number of arguments to 'insert'");
    return none;
  },
  remove: (...args) => {
    const list = tableArgument(args, 1);
    const last = list.length();
    const place = optional(args, 2, intArgument, last);
    if (place < 1 || place > last) return none;
    const removed = list.getNumber(place);
    for (let index = place; index < last; index++) put(list, index, list.getNumber(index + 1));
    put(list, last, undefined);
    return removed;
  },
  sort: (...args) => {
    const list = tableArgument(args, 1);
    const order = args[1] === undefined ? undefined : functionArgument(args, 2);
    sortTable(list, order);
    return none;
  },
  maxn: (...args) => {
    let largest = 0;
    for (const [key] of entriesOf(tableArgument(args, 1))) {
      if (typeof key === "number" && key > largest) largest = key;
    }
    return largest;
  },
  getn: (...args) => tableArgument(args, 1).length(),
  setn: (...args) => {
    tableArgument(args, 1);
    return fail("'setn' is obsolete");
  },
  foreach: (...args) => {
    const visited = tableArgument(args, 1);
    const visit = functionArgument(args, 2);
    for (const [key, value] of entriesOf(visited)) {
      const result = first(invoke(visit, key, value));
      if (result !== undefined) return result;
    }
    return none;
  },
  foreachi: (...args) => {
    const visited = tableArgument(args, 1);
    const visit = functionArgument(args, 2);
    const last = visited.length();
    for (let place = 1; place <= last; place++) {
      const result = first(invoke(visit, place, visited.getNumber(place)));
      if (result !== undefined) return result;
    }
    return none;
  },
};

function put(list: LuaTable, place: number, value: LuaValue): void {
  if (list.isReadonly) setRaw(list, place, value, { ...nowhere, caller: machine.site });
  list.set(place, value);
}

function insertAt(list: LuaTable, place: number, value: LuaValue, end: number): void {
  for (let index = Math.max(end, place); index > place; index--) put(list, index, list.getNumber(index - 1));
  put(list, place, value);
}

function partText(value: LuaValue, place: number): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  return fail(`invalid value (${typeName(value)}) at index ${place} in table for 'concat'`);
}
