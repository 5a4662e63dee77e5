import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, writes, writesTwo, type Command } from "../command.ts";
import { countOf, indexOf, rangeWithin } from "../integers.ts";
import { indexOutOfRange, noSuchKey, syntaxError, wrongArity } from "../refusal.ts";
import { ok, type Reply } from "../reply.ts";
import type { List } from "../values.ts";
import { positionsOf } from "./list-positions.ts";

/** Lists. */
export const listCommands: readonly Command[] = [
  pushing("lpush", (list, values) => list.unshift(...values.toReversed()), "or make it"),
  pushing("rpush", (list, values) => list.push(...values), "or make it"),
  pushing("lpushx", (list, values) => list.unshift(...values.toReversed()), "if it is there"),
  pushing("rpushx", (list, values) => list.push(...values), "if it is there"),
  popping("lpop", "LEFT"),
  popping("rpop", "RIGHT"),
  command("llen", 2, reads, ([, key], { db }) => db.list(key)?.length ?? 0),
  command("lindex", 3, reads, ([, key, index], { db }) => {
    const list = db.list(key);
    return list?.at(indexOf(index)) ?? null;
  }),
  command("lrange", 4, reads, ([, key, start, stop], { db }) => {
    const [first, last] = [indexOf(start), indexOf(stop)];
    return cut(db.list(key) ?? [], first, last);
  }),
  command("ltrim", 4, writes, ([, key, start, stop], { db }) => {
    const [first, last] = [indexOf(start), indexOf(stop)];
    const list = db.list(key);
    if (list) db.save(key, cut(list, first, last));
    return ok;
  }),
  command("lset", 4, writes, ([, key, index, value], { db }) => {
    const list = db.list(key);
    if (!list) throw noSuchKey;
    const position = fromEnd(indexOf(index), list.length);
    if (list[position] === undefined) throw indexOutOfRange;
    list[position] = value;
    db.save(key, list);
    return ok;
  }),
  command("lrem", 4, writes, ([, key, count, value], call) => remove(call, key, indexOf(count), value)),
  command("linsert", 5, writes, ([, key, where, pivot, value], call) => insert(call, { key, where, pivot, value })),
  command("lpos", -3, reads, ([, key, value, ...options], { db }) => positionsOf(options, value, () => db.list(key))),
  command("lmove", 5, writesTwo, ([, from, to, out, into], call) => move(call, [from, endOf(out)], [to, endOf(into)])),
  command("rpoplpush", 3, writesTwo, ([, from, to], call) => move(call, [from, "RIGHT"], [to, "LEFT"])),
];

/** An end of a list. */
export type End = "LEFT" | "RIGHT";

function pushing(
  name: Bytes,
  push: (list: List, values: readonly Bytes[]) => void,
  when: "or make it" | "if it is there",
): Command {
  return command(name, -3, writes, ([, key, ...values], { db }) => {
    const list = db.list(key) ?? (when === "or make it" ? [] : undefined);
    if (!list) return 0;
    push(list, values);
    db.save(key, list);
    return list.length;
  });
}

function popping(name: Bytes, end: End): Command {
  return command(name, -2, writes, ([, key, count, ...more], { db }) => {
    if (more.length > 0) throw wrongArity(name);
    const wanted = count === undefined ? undefined : countOf(count);
    const list = db.list(key);
    if (!list) return null;
    const popped = takeFrom(list, end, wanted ?? 1);
    if (popped.length > 0) db.save(key, list);
    return wanted === undefined ? (popped[0] ?? null) : popped;
  });
}

/** Takes values out of a list, the outermost first. */
export function takeFrom(list: List, end: End, count: number): Bytes[] {
  const size = Math.min(count, list.length);
  return end === "LEFT" ? list.splice(0, size) : list.splice(list.length - size).toReversed();
}

/** @throws Refusal */
export function endOf(word: Bytes): End {
  const end = word.toUpperCase();
  if (end !== "LEFT" && end !== "RIGHT") throw syntaxError;
  return end;
}

/** Takes a value from one list and puts it on another, which may be the same. */
export function move(
  { db }: Pick<Call, "db">,
  [from, out]: readonly [Bytes, End],
  [to, into]: readonly [Bytes, End],
): Reply {
  const source = db.list(from);
  if (!source) return null;
  const target = db.list(to) ?? [];
  const [value = ""] = takeFrom(source, out, 1);
  if (into === "LEFT") target.unshift(value);
  else target.push(value);
  if (from !== to) db.save(from, source);
  db.save(to, target);
  return value;
}

function remove({ db }: Call, key: Bytes, count: number, value: Bytes): Reply {
  const list = db.list(key);
  if (!list) return 0;
  const found = list.flatMap((each, index) => (each === value ? [index] : []));
  const gone = new Set(count === 0 ? found : count > 0 ? found.slice(0, count) : found.slice(count));
  if (gone.size > 0)
    db.save(
      key,
      list.filter((_, index) => !gone.has(index)),
    );
  return gone.size;
}

interface Insertion {
  readonly key: Bytes;
  readonly where: Bytes;
  readonly pivot: Bytes;
  readonly value: Bytes;
}

function insert({ db }: Call, { key, where, pivot, value }: Insertion): Reply {
  const side = where.toUpperCase();
  if (side !== "BEFORE" && side !== "AFTER") throw syntaxError;
  const list = db.list(key);
  if (!list) return 0;
  const position = list.indexOf(pivot);
  if (position === -1) return -1;
  list.splice(side === "BEFORE" ? position : position + 1, 0, value);
  db.save(key, list);
  return list.length;
}

function cut(list: List, start: number, stop: number): Bytes[] {
  const range = rangeWithin(start, stop, list.length);
  return range ? list.slice(range[0], range[1] + 1) : [];
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? index + length : index;
}
