import type { TableConstructor, TableItem } from "../syntax/ast.ts";
import type { Emitter } from "./emitter.ts";
import type { Emit } from "./operators.ts";
import { isOpen } from "./traits.ts";

/** `{…}`: a list, a table of keys, or both; with the sizes that Lua's compiler gives it. */
export function emitConstructor(emitter: Emitter, table: TableConstructor, emitValue: Emit, emitAll: Emit): string {
  const { items } = table;
  if (items.length === 0) return "new LuaTable()";
  const listed = items.filter(({ key }) => key === undefined);
  const last = items.at(-1);
  const endsOpen = last !== undefined && last.key === undefined && isOpen(last.value);
  const arraySize = roundedSize(listed.length - (endsOpen ? 1 : 0));
  const values = items.map((item) => emitItem(emitter, item, item === last && endsOpen, emitValue, emitAll));
  if (listed.length === items.length) return `newList(${arraySize}, [${values.join(", ")}])`;
  const shape = items.map(({ key }) => (key === undefined ? "-" : "=")).join("");
  const hashSize = roundedSize(items.length - listed.length);
  const site = emitter.site(table.line);
  return `newTable(${arraySize}, ${hashSize}, "${shape}", [${values.join(", ")}], ${site})`;
}

function emitItem(emitter: Emitter, item: TableItem, takesAll: boolean, emitValue: Emit, emitAll: Emit): string {
  if (takesAll) return `...${emitAll(emitter, item.value)}`;
  const value = emitValue(emitter, item.value);
  return item.key === undefined ? value : `${emitValue(emitter, item.key)}, ${value}`;
}

/** The compiler keeps sizes as "floating point bytes": three digits of precision, rounded up (luaO_int2fb). */
function roundedSize(size: number): number {
  let digits = size;
  let exponent = 0;
  while (digits >= 16) {
    digits = (digits + 1) >> 1;
    exponent += 1;
  }
  return digits * 2 ** exponent;
}
