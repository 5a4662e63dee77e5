import type { Bytes } from "../bytes.ts";
import { notAnInteger, notPositive, type Refusal } from "./refusal.ts";

/** A signed 64-bit integer: a `number` wherever that is exact, a `bigint` beyond. */
export type Int64 = number | bigint;

/** The bounds of a signed 64-bit integer. */
export const int64Max = 2n ** 63n - 1n;
export const int64Min = -(2n ** 63n);

const plain = /^(?:0|-?[1-9]\d{0,14})$/;
const long = /^-?[1-9]\d{15,18}$/;

/** Reads an integer as strictly as Redis: no sign but a minus, no leading zero, no space, within 64 bits. */
export function parseInteger(text: Bytes): Int64 | undefined {
  if (plain.test(text)) return Number(text);
  return long.test(text) ? int64(BigInt(text)) : undefined;
}

/** The shortest exact form, or nothing for what 64 bits do not hold. */
function int64(value: bigint): Int64 | undefined {
  if (value > int64Max || value < int64Min) return undefined;
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** The sum, or nothing when it overflows. */
export function sumOf(left: Int64, right: Int64): Int64 | undefined {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return int64(BigInt(left) + BigInt(right));
}

/** An argument that must be an integer. @throws Refusal */
export function integerOf(text: Bytes, otherwise: Refusal = notAnInteger): Int64 {
  const value = parseInteger(text);
  if (value === undefined) throw otherwise;
  return value;
}

/** An index or a count; one beyond 2^53 is rounded, which no list is long enough to show. @throws Refusal */
export function indexOf(text: Bytes, otherwise?: Refusal): number {
  return Number(integerOf(text, otherwise));
}

/** A count that must not be negative. @throws Refusal */
export function countOf(text: Bytes, otherwise: Refusal = notPositive): number {
  const count = indexOf(text, otherwise);
  if (count < 0) throw otherwise;
  return count;
}

/** First and last position of a range that may count from the end, cut to a length; nothing when it is empty. */
export function rangeWithin(start: Int64, stop: Int64, length: number): readonly [number, number] | undefined {
  const first = Math.max(0, fromEnd(Number(start), length));
  const last = Math.min(length - 1, fromEnd(Number(stop), length));
  return first > last ? undefined : [first, last];
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? index + length : index;
}
