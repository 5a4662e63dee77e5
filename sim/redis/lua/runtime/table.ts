import { ceilingLog2, NodeVector } from "./node-vector.ts";

/** A value of Lua. nil is `undefined`; strings are byte strings; functions are JavaScript functions. */
export type LuaValue = undefined | boolean | number | string | LuaTable | LuaFunction | Userdata;

/** What a function gives: one value as it is, any other number of values as a list. */
export type LuaResult = LuaValue | readonly LuaValue[];

/** A function, be it of the script or of the library. */
export type LuaFunction = (...args: LuaValue[]) => LuaResult;

/** Anything that can be a key of a table. */
type LuaKey = Exclude<LuaValue, undefined>;

/** A value that scripts can hold but not look into. Redis has one: `cjson.null`. */
export class Userdata {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Larger indexes never go to the array part (MAXASIZE). */
const largestIndex = 2 ** 26;

/**
 * A table of Lua 5.1, with the array part and the hash part that the original has: `#` of a list with holes and the
 * order of `pairs` depend on them.
 */
export class LuaTable {
  /** The array part: key 1 is in place 0. */
  array: LuaValue[];
  nodes: NodeVector<LuaValue>;
  metatable: LuaTable | undefined = undefined;
  /** Redis protects its libraries and the globals. */
  isReadonly = false;

  constructor(arraySize = 0, hashSize = 0) {
    this.array = arraySize === 0 ? [] : filledArray(arraySize);
    this.nodes = hashSize === 0 ? noNodes : new NodeVector(hashSize);
  }

  /** A list; the array part is that long. */
  static of(values: readonly LuaValue[]): LuaTable {
    const table = new LuaTable();
    table.array = values.slice();
    return table;
  }

  /** The value of a key, without any metatable. */
  get(key: LuaValue): LuaValue {
    if (typeof key === "number") return this.getNumber(key);
    return key === undefined ? undefined : this.getKey(key);
  }

  getNumber(key: number): LuaValue {
    if (key >= 1 && key <= this.array.length && Number.isInteger(key)) return this.array[key - 1];
    return this.getKey(key);
  }

  /** The value of a key that is in the hash part if anywhere. */
  getKey(key: LuaKey): LuaValue {
    const { nodes } = this;
    return nodes.size === 0 ? undefined : nodes.values[nodes.find(key)];
  }

  /** Sets a key that is neither nil nor NaN, without any metatable. */
  set(key: LuaKey, value: LuaValue): void {
    if (typeof key === "number" && key >= 1 && key <= this.array.length && Number.isInteger(key)) {
      this.array[key - 1] = value;
      return;
    }
    this.#setNode(key, value);
  }

  /** `#`: a border, the one that Lua finds. */
  length(): number {
    const { array } = this;
    const size = array.length;
    if (size > 0 && array[size - 1] === undefined) return borderWithin(array);
    return this.nodes.size === 0 ? size : this.#borderBeyond(size);
  }

  /** The entry behind this key, or behind nothing; undefined at the end, null when there is no such key. */
  next(key: LuaValue): readonly [LuaKey, LuaValue] | undefined | null {
    const place = this.#placeOf(key);
    if (place < 0) return null;
    const { array, nodes } = this;
    for (let index = place; index < array.length; index++) {
      if (array[index] !== undefined) return [index + 1, array[index]];
    }
    for (let index = Math.max(0, place - array.length); index < nodes.size; index++) {
      if (nodes.values[index] !== undefined) return [nodes.keys[index] as LuaKey, nodes.values[index]];
    }
    return undefined;
  }

  /** Gives the array part this size; it may hold what was in the hash part before. */
  resizeArray(size: number): void {
    this.#resize(size, this.nodes.size);
  }

  /** How many places there are up to and with this key. */
  #placeOf(key: LuaValue): number {
    if (key === undefined) return 0;
    const { array } = this;
    if (typeof key === "number" && key >= 1 && key <= array.length && Number.isInteger(key)) return key;
    const node = this.nodes.find(key);
    return node < 0 ? -1 : array.length + node + 1;
  }

  #setNode(key: LuaKey, value: LuaValue): void {
    const { nodes } = this;
    const known = nodes.size === 0 ? -1 : nodes.find(key);
    const place = known < 0 ? nodes.insert(key) : known;
    if (place >= 0) {
      nodes.values[place] = value;
      return;
    }
    this.#grow(key);
    this.set(key, value);
  }

  /** Makes room for one more key: the array part becomes as large as it can be and still more than half full. */
  #grow(key: LuaKey): void {
    const { array, nodes } = this;
    if (nodes.size === 0 && key === array.length + 1 && !array.includes(undefined)) {
      for (let left = 2 ** ceilingLog2(key) - array.length; left > 0; left--) array.push(undefined);
      return;
    }
    slices.fill(0);
    let indexes = countIndex(key);
    let total = 1;
    for (const [index, value] of array.entries()) if (value !== undefined) total += countIndex(index + 1);
    indexes += total - 1;
    for (let place = 0; place < nodes.size; place++) {
      if (nodes.values[place] === undefined) continue;
      total += 1;
      indexes += countIndex(nodes.keys[place]);
    }
    const { arraySize, held } = bestArraySize(indexes);
    this.#resize(arraySize, total - held);
  }

  #resize(arraySize: number, hashSize: number): void {
    const { array, nodes } = this;
    const vanishing = array.slice(arraySize);
    this.nodes = hashSize === 0 ? noNodes : new NodeVector(hashSize);
    if (arraySize < array.length) array.length = arraySize;
    else while (array.length < arraySize) array.push(undefined);
    for (const [index, value] of vanishing.entries()) if (value !== undefined) this.set(arraySize + index + 1, value);
    for (let index = nodes.size - 1; index >= 0; index--) {
      const value = nodes.values[index];
      if (value !== undefined) this.set(nodes.keys[index] as LuaKey, value);
    }
  }

  #borderBeyond(size: number): number {
    let present = size;
    let absent = size + 1;
    while (this.getNumber(absent) !== undefined) {
      present = absent;
      absent *= 2;
    }
    while (absent - present > 1) {
      const middle = Math.floor((present + absent) / 2);
      if (this.getNumber(middle) === undefined) absent = middle;
      else present = middle;
    }
    return present;
  }
}

/** Every table without a hash part has this one. */
const noNodes = new NodeVector<LuaValue>(0);

function filledArray(size: number): LuaValue[] {
  const array: LuaValue[] = [];
  while (array.length < size) array.push(undefined);
  return array;
}

function borderWithin(array: readonly LuaValue[]): number {
  let present = 0;
  let absent = array.length;
  while (absent - present > 1) {
    const middle = (present + absent) >> 1;
    if (array[middle - 1] === undefined) absent = middle;
    else present = middle;
  }
  return present;
}

/** How many keys there are from 2^(i-1)+1 to 2^i; counted anew for every table that grows. */
const slices = new Int32Array(27);

/** Counts a key that could be in the array part. @returns 1 for such a key */
function countIndex(key: unknown): number {
  if (typeof key !== "number" || !Number.isInteger(key) || key < 1 || key > largestIndex) return 0;
  const slice = ceilingLog2(key);
  slices[slice] = (slices[slice] ?? 0) + 1;
  return 1;
}

function bestArraySize(indexes: number): { arraySize: number; held: number } {
  let counted = 0;
  let best = { arraySize: 0, held: 0 };
  for (let slice = 0, size = 1; size / 2 < indexes; slice++, size *= 2) {
    const here = slices[slice] ?? 0;
    counted += here;
    if (here > 0 && counted > size / 2) best = { arraySize: size, held: counted };
    if (counted === indexes) break;
  }
  return best;
}
