import { addressOf } from "./identities.ts";

type Key = string | number | boolean | object;

/** Up to here, looking through all keys is faster than asking an index. */
const smallSize = 8;

/**
 * The hash part of a Lua 5.1 table: chained scatter with Brent's variation, as in ltable.c. It decides in which order
 * `pairs` and cjson meet the keys, so it places them exactly as Lua does; to find them it has quicker ways.
 */
export class NodeVector<Value> {
  /** A power of two, or 0. */
  readonly size: number;
  readonly keys: (Key | undefined)[];
  readonly values: (Value | undefined)[];
  readonly #next: number[];
  readonly #index: Map<Key, number> | undefined;
  #lastFree: number;

  /** @param wanted - room for at least so many keys */
  constructor(wanted: number) {
    this.size = wanted === 0 ? 0 : 2 ** ceilingLog2(wanted);
    this.keys = [];
    this.values = [];
    this.#next = [];
    for (let place = 0; place < this.size; place++) {
      this.keys.push(undefined);
      this.values.push(undefined);
      this.#next.push(-1);
    }
    this.#index = this.size > smallSize ? new Map() : undefined;
    this.#lastFree = this.size;
  }

  /** Where a key is, be its value nil or not; -1 where it is not. */
  find(key: Key): number {
    if (this.#index) return this.#index.get(key) ?? -1;
    return this.keys.indexOf(key);
  }

  /** Makes a place for a key that is not here, its value still nil; -1 when all places are taken. */
  insert(key: Key): number {
    if (this.size === 0) return -1;
    let place = this.#mainPosition(key);
    if (this.values[place] !== undefined) {
      const free = this.#freePlace();
      if (free < 0) return -1;
      place = this.#makeRoom(place, free);
    }
    const former = this.keys[place];
    if (former !== undefined) this.#index?.delete(former);
    this.#put(place, key);
    return place;
  }

  /** Of two keys with one place, the one that is at home there stays; gives the place for the new key. */
  #makeRoom(place: number, free: number): number {
    const sitting = this.keys[place] as Key;
    const home = this.#mainPosition(sitting);
    const next = this.#next;
    if (home === place) {
      next[free] = next[place] ?? -1;
      next[place] = free;
      return free;
    }
    let previous = home;
    while (next[previous] !== place) previous = next[previous] ?? -1;
    next[previous] = free;
    next[free] = next[place] ?? -1;
    this.#put(free, sitting);
    this.values[free] = this.values[place];
    this.keys[place] = undefined;
    this.values[place] = undefined;
    next[place] = -1;
    return place;
  }

  #put(place: number, key: Key): void {
    this.keys[place] = key;
    this.#index?.set(key, place);
  }

  #freePlace(): number {
    while (this.#lastFree > 0) {
      this.#lastFree -= 1;
      if (this.keys[this.#lastFree] === undefined) return this.#lastFree;
    }
    return -1;
  }

  #mainPosition(key: Key): number {
    const mask = this.size - 1;
    if (typeof key === "string") return stringHash(key) & mask;
    if (typeof key === "number") return key === 0 ? 0 : numberHash(key) % (mask | 1);
    return typeof key === "boolean" ? Number(key) & mask : addressOf(key) % (mask | 1);
  }
}

/** The exponent of the smallest power of two that is no smaller. @param value - 1 to 2^31 */
export function ceilingLog2(value: number): number {
  return 32 - Math.clz32(value - 1);
}

/** luaS_newlstr of Redis's Lua: from the last byte to the first, every one counts. */
function stringHash(text: string): number {
  let hash = text.length | 0;
  for (let place = text.length - 1; place >= 0; place--) {
    hash ^= (hash << 5) + (hash >>> 2) + text.charCodeAt(place);
  }
  return hash >>> 0;
}

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

function numberHash(value: number): number {
  double[0] = value;
  return ((halves[0] ?? 0) + (halves[1] ?? 0)) >>> 0;
}
