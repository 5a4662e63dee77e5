import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, keyless, reads, readsAll, readsAny, writes, writesAll, writesTwo, type Command } from "../command.ts";
import type { Database } from "../database.ts";
import { globPattern } from "../glob.ts";
import { integerOf, parseInteger } from "../integers.ts";
import { noSuchKey, Refusal, syntaxError } from "../refusal.ts";
import { ok, Status, type Reply } from "../reply.ts";
import { copyOf, typeOf } from "../values.ts";

const flushes = { ...keyless, flags: ["write"] } as const;

/** What can be done to a key whatever it holds. */
export const keyCommands: readonly Command[] = [
  command("del", -2, writesAll, ([, ...keys], { db }) => keys.filter((key) => db.delete(key)).length),
  command("unlink", -2, writesAll, ([, ...keys], { db }) => keys.filter((key) => db.delete(key)).length),
  command("exists", -2, readsAll, ([, ...keys], { db }) => keys.filter((key) => db.has(key)).length),
  command("touch", -2, readsAll, ([, ...keys], { db }) => keys.filter((key) => db.has(key)).length),
  command("type", 2, reads, ([, key], { db }) => {
    const value = db.get(key);
    return new Status(value === undefined ? "none" : typeOf(value));
  }),
  command("keys", 2, readsAny, ([, pattern], { db }) => [...db.keys()].filter(globPattern(pattern))),
  command("randomkey", 1, readsAny, (_, call) => randomKey(call)),
  command("dbsize", 1, readsAny, (_, { db }) => db.size),
  command("rename", 3, writesTwo, ([, from, to], { db }) => {
    rename(db, from, to);
    return ok;
  }),
  command("renamenx", 3, writesTwo, ([, from, to], { db }) => {
    if (!db.has(from)) throw noSuchKey;
    if (db.has(to)) return 0;
    rename(db, from, to);
    return 1;
  }),
  command("copy", -3, writesTwo, ([, from, to, ...options], call) => copy(call, from, to, options)),
  command("move", 3, writes, ([, key, index], call) => move(call, key, index)),
  command("swapdb", 3, flushes, ([, first, second], { state }) => {
    const [one, other] = [indexFor(first, "first"), indexFor(second, "second")];
    state.database(databaseIndexOf(one, state.databases)).swap(state.database(databaseIndexOf(other, state.databases)));
    state.changes += 1;
    return ok;
  }),
  command("flushdb", -1, flushes, ([, ...options], { db, state }) => {
    assertFlushOption(options);
    db.clear();
    state.changes += 1;
    return ok;
  }),
  command("flushall", -1, flushes, ([, ...options], { state }) => {
    assertFlushOption(options);
    for (const database of state.databases) database.clear();
    state.changes += 1;
    return ok;
  }),
];

function rename(db: Database, from: Bytes, to: Bytes): void {
  const value = db.get(from);
  if (value === undefined) throw noSuchKey;
  if (from === to) return;
  const expiryMs = db.expiryOf(from);
  db.delete(from);
  db.replace(to, value);
  if (expiryMs !== undefined) db.expireAt(to, expiryMs);
}

function randomKey({ db, state }: Call): Reply {
  const keys = [...db.keys()];
  return keys[state.random.int(keys.length)] ?? null;
}

function copy({ db, state }: Call, from: Bytes, to: Bytes, options: readonly Bytes[]): Reply {
  const { target, replaces } = copyOptionsOf(options, db, state.databases);
  if (target === db && from === to) throw sameObject;
  const value = db.get(from);
  if (value === undefined || (!replaces && target.has(to))) return 0;
  transfer(db, from, target, to);
  return 1;
}

interface CopyOptions {
  readonly target: Database;
  readonly replaces: boolean;
}

function copyOptionsOf(options: readonly Bytes[], own: Database, databases: readonly Database[]): CopyOptions {
  let [target, replaces] = [own, false];
  const rest = options.values();
  for (const option of rest) {
    const next = option.toUpperCase() === "DB" ? rest.next().value : undefined;
    if (next !== undefined) target = databaseOf(next, databases);
    else if (option.toUpperCase() === "REPLACE") replaces = true;
    else throw syntaxError;
  }
  return { target, replaces };
}

function move({ db, state }: Call, key: Bytes, index: Bytes): Reply {
  const target = databaseOf(index, state.databases);
  if (target === db) throw sameObject;
  if (!db.has(key) || target.has(key)) return 0;
  transfer(db, key, target, key);
  db.delete(key);
  return 1;
}

function transfer(source: Database, from: Bytes, target: Database, to: Bytes): void {
  const expiryMs = source.expiryOf(from);
  target.replace(to, copyOf(source.get(from)!));
  if (expiryMs !== undefined) target.expireAt(to, expiryMs);
}

const sameObject = new Refusal("ERR source and destination objects are the same");
const notAnInt = new Refusal("ERR value is out of range, value must between -2147483648 and 2147483647");
const noSuchDatabase = new Refusal("ERR DB index is out of range");

/** The database that an argument names. @throws Refusal */
export function databaseOf(text: Bytes, databases: readonly Database[]): Database {
  const index = Number(integerOf(text));
  if (Math.abs(index + 0.5) > 2 ** 31) throw notAnInt;
  return databases[databaseIndexOf(index, databases)]!;
}

function databaseIndexOf(index: number, databases: readonly Database[]): number {
  if (index < 0 || index >= databases.length) throw noSuchDatabase;
  return index;
}

function indexFor(text: Bytes, which: "first" | "second"): number {
  const index = parseInteger(text);
  if (index === undefined || Math.abs(Number(index) + 0.5) > 2 ** 31)
    throw new Refusal(`ERR invalid ${which} DB index`);
  return Number(index);
}

function assertFlushOption(options: readonly Bytes[]): void {
  const [option = "SYNC", ...more] = options;
  if (more.length > 0 || !["SYNC", "ASYNC"].includes(option.toUpperCase())) throw syntaxError;
}
