import { first, invoke } from "../runtime/calls.ts";
import { isLess, isTrue } from "../runtime/comparison.ts";
import { machine } from "../runtime/machine.ts";
import { nowhere } from "../runtime/site.ts";
import type { LuaFunction, LuaTable, LuaValue } from "../runtime/table.ts";
import { fail } from "./arguments.ts";

/**
 * Sorts a list in place with the quicksort of ltablib.c: scripts can see which pairs are compared, and where equal
 * elements end up.
 */
export function sortTable(list: LuaTable, order: LuaFunction | undefined): void {
  const site = { ...nowhere, caller: machine.site };
  const isBefore = (left: LuaValue, right: LuaValue): boolean =>
    order ? isTrue(first(invoke(order, left, right))) : isLess(left, right, site);
  sortRange(list, 1, list.length(), isBefore);
}

type Order = (left: LuaValue, right: LuaValue) => boolean;

function sortRange(list: LuaTable, from: number, to: number, isBefore: Order): void {
  let low = from;
  let high = to;
  while (low < high) {
    orderPair(list, low, high, isBefore);
    if (high - low === 1) return;
    const middle = Math.floor((low + high) / 2);
    const isSwapped = orderPair(list, low, middle, isBefore);
    if (!isSwapped) orderPair(list, middle, high, isBefore);
    if (high - low === 2) return;
    const pivot = list.getNumber(middle);
    swap(list, middle, high - 1);
    const split = partition(list, low, high, pivot, isBefore);
    if (split - low < high - split) {
      sortRange(list, low, split - 1, isBefore);
      low = split + 1;
    } else {
      sortRange(list, split + 1, high, isBefore);
      high = split - 1;
    }
  }
}

function partition(list: LuaTable, low: number, high: number, pivot: LuaValue, isBefore: Order): number {
  let left = low;
  let right = high - 1;
  for (;;) {
    left += 1;
    while (isBefore(list.getNumber(left), pivot)) {
      if (left > high) fail("invalid order function for sorting");
      left += 1;
    }
    right -= 1;
    while (isBefore(pivot, list.getNumber(right))) {
      if (right < low) fail("invalid order function for sorting");
      right -= 1;
    }
    if (right < left) break;
    swap(list, left, right);
  }
  swap(list, high - 1, left);
  return left;
}

/** Puts the two into order; tells whether they had to be swapped. */
function orderPair(list: LuaTable, low: number, high: number, isBefore: Order): boolean {
  if (!isBefore(list.getNumber(high), list.getNumber(low))) return false;
  swap(list, low, high);
  return true;
}

function swap(list: LuaTable, one: number, other: number): void {
  const held = list.getNumber(one);
  list.set(one, list.getNumber(other));
  list.set(other, held);
}
