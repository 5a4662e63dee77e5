import type { Bytes } from "../bytes.ts";
import { globPattern, type Matches } from "./glob.ts";
import { indexOf } from "./integers.ts";
import { Refusal, syntaxError } from "./refusal.ts";

/** What SCAN and its kin are asked for. */
export interface ScanOptions {
  /** About how many to look at. @defaultValue 10 */
  readonly count: number;
  readonly matches: Matches;
  /** SCAN only: keys that hold this. */
  readonly type: Bytes | undefined;
}

/** One step of an iteration: 0 ends it. */
export interface Page<Item> {
  readonly cursor: number;
  readonly items: readonly Item[];
}

/** Where the last step ended. @throws Refusal */
export function cursorOf(text: Bytes): number {
  if (!/^(?:[+-]?\d+)?$/.test(text) || Math.abs(Number(text)) >= 2 ** 64) throw new Refusal("ERR invalid cursor");
  return text.startsWith("-") && Number(text) !== 0 ? 2 ** 64 : Number(text);
}

/** @throws Refusal */
export function scanOptionsOf(words: readonly Bytes[], takesType: boolean): ScanOptions {
  let [count, matches, type]: [number, Matches, Bytes | undefined] = [10, () => true, undefined];
  const rest = words.values();
  for (const word of rest) {
    const option = word.toUpperCase();
    const value = rest.next().value;
    if (value === undefined) throw syntaxError;
    if (option === "COUNT") count = scanCountOf(value);
    else if (option === "MATCH") matches = globPattern(value);
    else if (option === "TYPE" && takesType) type = value.toLowerCase();
    else throw syntaxError;
  }
  return { count, matches, type };
}

function scanCountOf(text: Bytes): number {
  const count = indexOf(text);
  if (count < 1) throw syntaxError;
  return count;
}

/**
 * The next items in the order of their names' hashes, from the cursor's on.
 *
 * That order depends on nothing but the names. So an item that is there from the first step to the last is met exactly
 * once, whatever comes and goes meanwhile.
 */
export function pageOf<Item>(
  items: Iterable<Item>,
  {
    cursor,
    count,
    nameOf,
  }: { readonly cursor: number; readonly count: number; readonly nameOf: (item: Item) => Bytes },
): Page<Item> {
  const left = [...items]
    .map((item) => ({ item, hash: hashOf(nameOf(item)) }))
    .filter(({ hash }) => hash >= cursor)
    .toSorted((one, other) => one.hash - other.hash);
  const last = left[count - 1]?.hash ?? Infinity;
  const page = left.filter(({ hash }) => hash <= last);
  return { cursor: page.length < left.length ? last + 1 : 0, items: page.map(({ item }) => item) };
}

/** FNV-1a, in 32 bits. */
function hashOf(text: Bytes): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
