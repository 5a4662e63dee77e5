import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, readsAll, writes, writesAll, type Command } from "../command.ts";
import { timeOf } from "../expiry-time.ts";
import { indexOf } from "../integers.ts";
import { Refusal, wrongArity } from "../refusal.ts";
import { ok, type Reply } from "../reply.ts";
import { setOptionsOf, type Lifetime } from "./set-options.ts";

/** Strings read and written as a whole, or a piece of them. */
export const stringCommands: readonly Command[] = [
  command("get", 2, reads, ([, key], { db }) => db.string(key) ?? null),
  command("set", -3, writes, ([, key, value, ...options], call) => set(call, key, value, options)),
  command("setnx", 3, writes, ([, key, value], call) => (setIfAbsent(call, [[key, value]]) ? 1 : 0)),
  command("setex", 4, writes, ([, key, time, value], call) => setFor(call, key, value, { time, unitMs: 1000 })),
  command("psetex", 4, writes, ([, key, time, value], call) => setFor(call, key, value, { time, unitMs: 1 })),
  command("getset", 3, writes, ([, key, value], call) => exchange(call, key, value)),
  command("getdel", 2, writes, ([, key], { db }) => {
    const value = db.string(key);
    db.delete(key);
    return value ?? null;
  }),
  command("getex", -2, writes, ([, key, ...options], call) => getAndExpire(call, key, options)),
  command("mget", -2, readsAll, ([, ...keys], { db }) =>
    keys.map((key) => {
      const value = db.get(key);
      return typeof value === "string" ? value : null;
    }),
  ),
  command("mset", -3, { ...writes, keys: [1, -1, 2] }, ([, ...words], { db }) => {
    for (const [key, value] of pairsOf(words, "mset")) db.replace(key, value);
    return ok;
  }),
  command("msetnx", -3, { ...writesAll, keys: [1, -1, 2] }, ([, ...words], call) =>
    setIfAbsent(call, pairsOf(words, "msetnx")) ? 1 : 0,
  ),
  command("append", 3, writes, ([, key, value], { db }) => {
    const before = db.string(key) ?? "";
    assertLength(before.length + value.length);
    db.save(key, before + value);
    return before.length + value.length;
  }),
  command("strlen", 2, reads, ([, key], { db }) => db.string(key)?.length ?? 0),
  command("getrange", 4, reads, ([, key, start, end], call) => range(call, key, start, end)),
  command("substr", 4, reads, ([, key, start, end], call) => range(call, key, start, end)),
  command("setrange", 4, writes, ([, key, offset, value], call) => overwrite(call, key, indexOf(offset), value)),
];

function set(call: Call, key: Bytes, value: Bytes, words: readonly Bytes[]): Reply {
  if (words.length === 0) {
    call.db.replace(key, value);
    return ok;
  }
  const { only, get, lifetime } = setOptionsOf(words, "set", call.state.nowMs);
  const expiresAt = timeIn(lifetime, "set");
  const before = get ? (call.db.string(key) ?? null) : undefined;
  const isThere = only !== undefined && call.db.has(key);
  if (only === (isThere ? "absent" : "present")) return before ?? null;
  store(call, key, value, lifetime?.option === "KEEPTTL" ? "keep" : expiresAt);
  return before === undefined ? ok : before;
}

function timeIn(lifetime: Lifetime | undefined, name: Bytes): number | undefined {
  return lifetime && "form" in lifetime ? timeOf(lifetime.text, lifetime.form, name) : undefined;
}

/** @param expiry - Unix milliseconds, or whatever it is now; nothing lets the key live forever */
function store(call: Call, key: Bytes, value: Bytes, expiry: number | "keep" | undefined): void {
  if (expiry === "keep") call.db.save(key, value);
  else call.db.replace(key, value);
  if (typeof expiry === "number") call.db.expireAt(key, expiry);
  const words = expiry === "keep" ? ["KEEPTTL"] : expiry === undefined ? [] : ["PXAT", String(expiry)];
  call.effects = [["SET", key, value, ...words]];
}

interface Duration {
  readonly time: Bytes;
  readonly unitMs: 1 | 1000;
}

function setFor(call: Call, key: Bytes, value: Bytes, { time, unitMs }: Duration): Reply {
  const name = unitMs === 1 ? "psetex" : "setex";
  store(call, key, value, timeOf(time, { unitMs, sinceMs: call.state.nowMs }, name));
  return ok;
}

function setIfAbsent({ db }: Call, pairs: readonly (readonly [Bytes, Bytes])[]): boolean {
  if (pairs.some(([key]) => db.has(key))) return false;
  for (const [key, value] of pairs) db.replace(key, value);
  return true;
}

function exchange(call: Call, key: Bytes, value: Bytes): Reply {
  const before = call.db.string(key);
  store(call, key, value, undefined);
  return before ?? null;
}

function getAndExpire(call: Call, key: Bytes, words: readonly Bytes[]): Reply {
  const { db, state } = call;
  const { lifetime } = setOptionsOf(words, "getex", state.nowMs);
  const value = db.string(key);
  if (value === undefined) return null;
  const expiresAt = timeIn(lifetime, "getex");
  if (expiresAt !== undefined) expire(call, key, expiresAt);
  else if (lifetime && db.expiryOf(key) !== undefined) {
    db.expireAt(key, undefined);
    call.effects = [["PERSIST", key]];
  }
  return value;
}

/** Sets a time to live; a time that is over deletes at once. */
export function expire(call: Call, key: Bytes, atMs: number): void {
  const { db, state } = call;
  const isOver = atMs <= state.nowMs && !call.client.isPrimary;
  if (isOver) db.delete(key);
  else db.expireAt(key, atMs);
  call.effects = [isOver ? ["DEL", key] : ["PEXPIREAT", key, String(atMs)]];
}

/** Keys and values in turns. @throws Refusal when the last key has no value. */
export function pairsOf(words: readonly Bytes[], name: Bytes): (readonly [Bytes, Bytes])[] {
  if (words.length % 2 === 1) throw wrongArity(name);
  return Array.from({ length: words.length / 2 }, (_, pair) => [words[2 * pair]!, words[2 * pair + 1]!]);
}

/** Unlike other ranges, an end far before the beginning is the first byte, unless both are counted from the end. */
function range({ db }: Call, key: Bytes, from: Bytes, to: Bytes): Reply {
  const [start, end] = [indexOf(from), indexOf(to)];
  const value = db.string(key) ?? "";
  if (start < 0 && end < 0 && start > end) return "";
  const place = (index: number): number => Math.max(0, index < 0 ? index + value.length : index);
  return value.slice(place(start), place(end) + 1);
}

function overwrite({ db }: Call, key: Bytes, offset: number, value: Bytes): Reply {
  if (offset < 0) throw new Refusal("ERR offset is out of range");
  const before = db.string(key) ?? "";
  if (value === "") return before.length;
  assertLength(offset + value.length);
  const after = before.slice(0, offset).padEnd(offset, "\0") + value + before.slice(offset + value.length);
  db.save(key, after);
  return after.length;
}

/** `proto-max-bulk-len` */
const lengthMax = 512 * 1024 * 1024;

function assertLength(length: number): void {
  if (length > lengthMax) throw new Refusal("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
}
