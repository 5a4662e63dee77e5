import type { Bytes } from "../bytes.ts";
import { wrongType } from "./refusal.ts";
import { SortedSet } from "./sorted-set.ts";
import { sizeOf, type Hash, type List, type MemberSet, type Value } from "./values.ts";

/** What happens to a key whose time has come: a primary deletes it, a replica waits to be told and hides it. */
export type ExpiryRule = "delete" | "hide" | "ignore";

/** What a database asks of its server, and tells it. */
export interface DatabaseOwner {
  /** Wall clock of the command that is being carried out. */
  readonly nowMs: number;
  readonly expiryRule: ExpiryRule;
  /** A command has changed a key, made it or deleted it. */
  onChange(database: Database, key: Bytes): void;
  /** A key's time had come, and it is gone. */
  onExpire(database: Database, key: Bytes): void;
}

/** Keys with their values and times to live. */
export class Database {
  readonly index: number;
  readonly #owner: DatabaseOwner;
  #values = new Map<Bytes, Value>();
  #expiries = new Map<Bytes, number>();

  constructor(index: number, owner: DatabaseOwner) {
    this.index = index;
    this.#owner = owner;
  }

  /** Keys, among them some whose time has come and whom nobody has asked for. */
  get size(): number {
    return this.#values.size;
  }

  /** How many keys have a time to live. */
  get expiring(): number {
    return this.#expiries.size;
  }

  get(key: Bytes): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined || this.#expiries.size === 0) return value;
    return this.#expireIfDue(key) ? undefined : value;
  }

  has(key: Bytes): boolean {
    return this.get(key) !== undefined;
  }

  /** @throws Refusal, as the next four do, when the key holds something else. */
  string(key: Bytes): Bytes | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === "string") return value;
    throw wrongType;
  }

  hash(key: Bytes): Hash | undefined {
    const value = this.get(key);
    if (value === undefined || value instanceof Map) return value;
    throw wrongType;
  }

  list(key: Bytes): List | undefined {
    const value = this.get(key);
    if (value === undefined || Array.isArray(value)) return value;
    throw wrongType;
  }

  members(key: Bytes): MemberSet | undefined {
    const value = this.get(key);
    if (value === undefined || value instanceof Set) return value;
    throw wrongType;
  }

  sorted(key: Bytes): SortedSet | undefined {
    const value = this.get(key);
    if (value === undefined || value instanceof SortedSet) return value;
    throw wrongType;
  }

  /** Puts a value in the place of whatever was there; its time to live goes, too. */
  replace(key: Bytes, value: Value): void {
    this.#expiries.delete(key);
    this.save(key, value);
  }

  /** Keeps a value that was changed in place or is new. The time to live stays; an empty container goes. */
  save(key: Bytes, value: Value): void {
    if (typeof value !== "string" && sizeOf(value) === 0) this.#forget(key);
    else this.#values.set(key, value);
    this.#owner.onChange(this, key);
  }

  /** @returns whether it was there */
  delete(key: Bytes): boolean {
    if (!this.has(key)) return false;
    this.#forget(key);
    this.#owner.onChange(this, key);
    return true;
  }

  /** Unix milliseconds. */
  expiryOf(key: Bytes): number | undefined {
    return this.#expiries.get(key);
  }

  /** @param atMs - Unix milliseconds; nothing lets the key live forever */
  expireAt(key: Bytes, atMs: number | undefined): void {
    if (atMs === undefined) this.#expiries.delete(key);
    else this.#expiries.set(key, atMs);
    this.#owner.onChange(this, key);
  }

  /** Whether a key that is still stored should be gone by now. */
  isOverdue(key: Bytes): boolean {
    const expiry = this.#expiries.get(key);
    return expiry !== undefined && expiry < this.#owner.nowMs;
  }

  /** Every key that is still alive. */
  *keys(): Generator<Bytes> {
    for (const key of this.#values.keys()) {
      if (!this.#isHidden(key)) yield key;
    }
  }

  /** Every key in the order of its making, which a full resynchronisation copies. */
  entries(): Iterable<readonly [Bytes, Value]> {
    return this.#values;
  }

  clear(): void {
    const keys = [...this.#values.keys()];
    this.#values.clear();
    this.#expiries.clear();
    for (const key of keys) this.#owner.onChange(this, key);
  }

  /** Trades contents with another database. */
  swap(other: Database): void {
    [this.#values, other.#values] = [other.#values, this.#values];
    [this.#expiries, other.#expiries] = [other.#expiries, this.#expiries];
    for (const key of [...this.#values.keys(), ...other.#values.keys()]) {
      this.#owner.onChange(this, key);
      this.#owner.onChange(other, key);
    }
  }

  /** Looks at some keys that have a time to live, those longest not looked at first, and deletes what is due. */
  sweep(count: number): void {
    if (this.#owner.expiryRule !== "delete") return;
    for (const [key, expiry] of firstOf(this.#expiries, count)) {
      this.#expiries.delete(key);
      this.#expiries.set(key, expiry);
      this.#expireIfDue(key);
    }
  }

  /** @returns whether the key is to be treated as gone */
  #expireIfDue(key: Bytes): boolean {
    if (!this.#isHidden(key)) return false;
    if (this.#owner.expiryRule === "delete") {
      this.#forget(key);
      this.#owner.onExpire(this, key);
    }
    return true;
  }

  #isHidden(key: Bytes): boolean {
    return this.isOverdue(key) && this.#owner.expiryRule !== "ignore";
  }

  #forget(key: Bytes): void {
    this.#values.delete(key);
    this.#expiries.delete(key);
  }
}

function firstOf<Item>(items: Iterable<Item>, count: number): Item[] {
  const first: Item[] = [];
  for (const item of items) {
    if (first.length >= count) break;
    first.push(item);
  }
  return first;
}
