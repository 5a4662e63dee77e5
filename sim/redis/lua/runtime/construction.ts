import { toNumber } from "./arithmetic.ts";
import { isAtMost, isLess } from "./comparison.ts";
import { raise } from "./errors.ts";
import { setRaw } from "./indexing.ts";
import type { Site } from "./site.ts";
import { LuaTable, type LuaValue } from "./table.ts";

/** `{a, b, c}`. @param arraySize - what the compiler has foreseen; `values` is the table's from now on */
export function newList(arraySize: number, values: LuaValue[]): LuaTable {
  while (values.length < arraySize) values.push(undefined);
  const table = new LuaTable();
  table.array = values;
  return table;
}

/** `{a, key = b}`. @param shape - for every item: `-` of the list, or `=` with a key; more values are of the list */
export function newTable(
  arraySize: number,
  hashSize: number,
  shape: string,
  values: readonly LuaValue[],
  site: Site,
): LuaTable {
  const table = new LuaTable(arraySize, hashSize);
  const listed: LuaValue[] = [];
  let place = 0;
  for (const item of shape) {
    if (item === "=") {
      setRaw(table, values[place], values[place + 1], site);
      place += 2;
    } else if (place < values.length) {
      listed.push(values[place]);
      place += 1;
    }
  }
  while (place < values.length) listed.push(values[place++]);
  if (listed.length > table.array.length) table.resizeArray(listed.length);
  for (const [index, value] of listed.entries()) table.array[index] = value;
  return table;
}

/** The `arg` of a function with `...`. */
export function argumentTable(rest: readonly LuaValue[]): LuaTable {
  const table = new LuaTable(rest.length, 1);
  table.array = [...rest];
  table.set("n", rest.length);
  return table;
}

const loopValues = ["initial value", "limit", "step"];

/** A number that a numeric `for` needs. @param which - 0 for its start, 1 for its limit, 2 for its step */
export function loopNumber(value: LuaValue, which: number, site: Site): number {
  if (typeof value === "number") return value;
  return toNumber(value) ?? raise(`'for' ${loopValues[which]} must be a number`, site);
}

/** `left > right` */
export function isMore(left: LuaValue, right: LuaValue, site: Site): boolean {
  return isLess(right, left, site);
}

/** `left >= right` */
export function isAtLeast(left: LuaValue, right: LuaValue, site: Site): boolean {
  return isAtMost(right, left, site);
}
