import { expect, test } from "vitest";

import { LuaTable, type LuaValue } from "./table.ts";

test("a list grows in its array part, to powers of two", () => {
  const table = new LuaTable();
  for (let place = 1; place <= 5; place++) table.set(place, place);
  expect([table.length(), table.array.length, table.nodes.size]).toEqual([5, 8, 0]);
});

test("the length of a list with holes depends on its size, as in Lua", () => {
  expect(LuaTable.of([1, undefined, 3]).length()).toBe(3);
  expect(LuaTable.of([1, 2, 3, undefined, 5, undefined]).length()).toBe(3);
});

test("keys come in the order of Lua's hash part", () => {
  const table = new LuaTable(0, 6);
  for (const key of ["a", "b", "c", "hello", "world", "x"]) table.set(key, true);
  expect(keysOf(table)).toEqual(["a", "x", "c", "b", "hello", "world"]);
});

test("a key that was set to nil keeps its place until the table grows", () => {
  const table = new LuaTable();
  for (const key of ["a", "b", "c", "d"]) table.set(key, 1);
  table.set("b", undefined);
  expect(keysOf(table)).not.toContain("b");
  expect(table.next("b")).not.toBeNull();
  table.set("e", 1);
  expect(table.next("b")).toBeNull();
});

test("many keys are found again, however often they come and go", () => {
  const table = new LuaTable();
  const model = new Map<string, number>();
  for (let turn = 0; turn < 3_000; turn++) {
    const key = `k${(turn * 7919) % 97}`;
    const value = turn % 3 === 0 ? undefined : turn;
    table.set(key, value);
    if (value === undefined) model.delete(key);
    else model.set(key, value);
  }
  expect(new Set(keysOf(table))).toEqual(new Set(model.keys()));
  for (const [key, value] of model) expect(table.get(key)).toBe(value);
});

function keysOf(table: LuaTable): LuaValue[] {
  const keys: LuaValue[] = [];
  for (let entry = table.next(undefined); entry; entry = table.next(entry[0])) keys.push(entry[0]);
  return keys;
}
