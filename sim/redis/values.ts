import type { Bytes } from "../bytes.ts";
import { SortedSet } from "./sorted-set.ts";

/** Fields and their values, in the order in which they came. */
export type Hash = Map<Bytes, Bytes>;
/** Members, in the order in which they came. */
export type MemberSet = Set<Bytes>;
/** Values from the left end to the right one. */
export type List = Bytes[];

/** Whatever a key can hold. An empty container is never kept. */
export type Value = Bytes | Hash | MemberSet | List | SortedSet;

/** What TYPE calls a value. */
export function typeOf(value: Value): "string" | "hash" | "set" | "list" | "zset" {
  if (typeof value === "string") return "string";
  if (value instanceof Map) return "hash";
  if (value instanceof Set) return "set";
  return value instanceof SortedSet ? "zset" : "list";
}

/** How much is in it: bytes of a string, members of a container. */
export function sizeOf(value: Value): number {
  return typeof value === "string" || Array.isArray(value) ? value.length : value.size;
}

/** One that shares nothing with the first. */
export function copyOf(value: Value): Value {
  if (typeof value === "string") return value;
  if (value instanceof Map) return new Map(value);
  if (value instanceof Set) return new Set(value);
  if (!(value instanceof SortedSet)) return [...value];
  const copy = new SortedSet();
  for (const { member, score } of value.slice()) copy.set(member, score);
  return copy;
}
