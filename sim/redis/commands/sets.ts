import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, readsAll, readsAny, writes, writesAll, writesTwo, type Command } from "../command.ts";
import type { Database } from "../database.ts";
import { countOf } from "../integers.ts";
import { picksOf } from "../picks.ts";
import { Refusal, syntaxError } from "../refusal.ts";
import type { Reply } from "../reply.ts";
import type { MemberSet } from "../values.ts";

/** Sets. */
export const setCommands: readonly Command[] = [
  command("sadd", -3, writes, ([, key, ...members], { db }) => {
    const set: MemberSet = db.members(key) ?? new Set();
    const before = set.size;
    for (const member of members) set.add(member);
    if (set.size > before) db.save(key, set);
    return set.size - before;
  }),
  command("srem", -3, writes, ([, key, ...members], { db }) => {
    const set = db.members(key);
    const gone = set ? members.filter((member) => set.delete(member)).length : 0;
    if (set && gone > 0) db.save(key, set);
    return gone;
  }),
  command("scard", 2, reads, ([, key], { db }) => db.members(key)?.size ?? 0),
  command("sismember", 3, reads, ([, key, member], { db }) => (db.members(key)?.has(member) ? 1 : 0)),
  command("smismember", -3, reads, ([, key, ...members], { db }) => {
    const set = db.members(key);
    return members.map((member) => (set?.has(member) ? 1 : 0));
  }),
  command("smembers", 2, reads, ([, key], { db }) => [...(db.members(key) ?? [])]),
  command("smove", 4, writesTwo, ([, from, to, member], call) => move(call, from, to, member)),
  command("spop", -2, writes, ([, key, ...count], call) => pop(call, key, count)),
  ...combining("inter", intersection),
  ...combining("union", union),
  ...combining("diff", difference),
  command("sintercard", -3, readsAny, ([, count, ...words], { db }) => {
    const keyCount = countOf(count, new Refusal("ERR numkeys should be greater than 0"));
    if (keyCount === 0) throw new Refusal("ERR numkeys should be greater than 0");
    if (keyCount > words.length) throw new Refusal("ERR Number of keys can't be greater than number of args");
    const limit = limitOf(words.slice(keyCount));
    const { size } = intersection(setsOf(db, words.slice(0, keyCount)));
    return limit === 0 ? size : Math.min(size, limit);
  }),
];

type Combine = (sets: readonly (MemberSet | undefined)[]) => MemberSet;

function combining(name: Bytes, combine: Combine): Command[] {
  return [
    command(`s${name}`, -2, readsAll, ([, ...keys], { db }) => [...combine(setsOf(db, keys))]),
    command(`s${name}store`, -3, writesAll, ([, target, ...keys], { db }) => {
      const result = combine(setsOf(db, keys));
      if (result.size > 0) db.replace(target, result);
      else db.delete(target);
      return result.size;
    }),
  ];
}

function setsOf(db: Database, keys: readonly Bytes[]): (MemberSet | undefined)[] {
  return keys.map((key) => db.members(key));
}

function intersection([first, ...others]: readonly (MemberSet | undefined)[]): MemberSet {
  return new Set([...(first ?? [])].filter((member) => others.every((set) => set?.has(member))));
}

function union(sets: readonly (MemberSet | undefined)[]): MemberSet {
  return new Set(sets.flatMap((set) => [...(set ?? [])]));
}

function difference([first, ...others]: readonly (MemberSet | undefined)[]): MemberSet {
  return new Set([...(first ?? [])].filter((member) => !others.some((set) => set?.has(member))));
}

/** LIMIT of SINTERCARD and ZINTERCARD; 0 is none. @throws Refusal */
export function limitOf(words: readonly Bytes[]): number {
  let limit = 0;
  const rest = words.values();
  for (const word of rest) {
    const value = rest.next().value;
    if (word.toUpperCase() !== "LIMIT" || value === undefined) throw syntaxError;
    limit = countOf(value, new Refusal("ERR LIMIT can't be negative"));
  }
  return limit;
}

function move({ db }: Call, from: Bytes, to: Bytes, member: Bytes): Reply {
  const source = db.members(from);
  if (!source) return 0;
  const target: MemberSet = db.members(to) ?? new Set();
  if (source === target) return source.has(member) ? 1 : 0;
  if (!source.delete(member)) return 0;
  db.save(from, source);
  db.save(to, target.add(member));
  return 1;
}

function pop(call: Call, key: Bytes, [count, ...more]: readonly Bytes[]): Reply {
  if (more.length > 0) throw syntaxError;
  const wanted = count === undefined ? 1 : countOf(count);
  const set = call.db.members(key);
  if (!set) return count === undefined ? null : [];
  const popped = picksOf([...set], wanted, call.state.random);
  for (const member of popped) set.delete(member);
  if (popped.length > 0) call.db.save(key, set);
  call.effects = popped.length > 0 ? [["SREM", key, ...popped]] : [];
  return count === undefined ? (popped[0] ?? null) : popped;
}
