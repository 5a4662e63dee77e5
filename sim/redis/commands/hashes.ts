import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, writes, type Command } from "../command.ts";
import { integerOf, parseInteger, sumOf } from "../integers.ts";
import { addExactly } from "../long-double.ts";
import { notAFloat, Refusal } from "../refusal.ts";
import { ok, type Reply } from "../reply.ts";
import type { Hash } from "../values.ts";
import { pairsOf } from "./strings.ts";

/** Hashes. */
export const hashCommands: readonly Command[] = [
  command("hset", -4, writes, ([, key, ...words], call) => setFields(call, key, pairsOf(words, "hset"))),
  command("hmset", -4, writes, ([, key, ...words], call) => {
    setFields(call, key, pairsOf(words, "hmset"));
    return ok;
  }),
  command("hsetnx", 4, writes, ([, key, field, value], call) =>
    call.db.hash(key)?.has(field) ? 0 : setFields(call, key, [[field, value]]),
  ),
  command("hget", 3, reads, ([, key, field], { db }) => db.hash(key)?.get(field) ?? null),
  command("hmget", -3, reads, ([, key, ...fields], { db }) => {
    const hash = db.hash(key);
    return fields.map((field) => hash?.get(field) ?? null);
  }),
  command("hexists", 3, reads, ([, key, field], { db }) => (db.hash(key)?.has(field) ? 1 : 0)),
  command("hlen", 2, reads, ([, key], { db }) => db.hash(key)?.size ?? 0),
  command("hstrlen", 3, reads, ([, key, field], { db }) => db.hash(key)?.get(field)?.length ?? 0),
  command("hkeys", 2, reads, ([, key], { db }) => [...(db.hash(key)?.keys() ?? [])]),
  command("hvals", 2, reads, ([, key], { db }) => [...(db.hash(key)?.values() ?? [])]),
  command("hgetall", 2, reads, ([, key], { db }) => [...(db.hash(key) ?? [])].flat()),
  command("hdel", -3, writes, ([, key, ...fields], { db }) => {
    const hash = db.hash(key);
    const gone = hash ? fields.filter((field) => hash.delete(field)).length : 0;
    if (hash && gone > 0) db.save(key, hash);
    return gone;
  }),
  command("hincrby", 4, writes, ([, key, field, increment], call) => increase(call, key, field, increment)),
  command("hincrbyfloat", 4, writes, ([, key, field, increment], call) => increaseFloat(call, key, field, increment)),
];

function setFields({ db }: Call, key: Bytes, pairs: readonly (readonly [Bytes, Bytes])[]): number {
  const hash: Hash = db.hash(key) ?? new Map();
  const before = hash.size;
  for (const [field, value] of pairs) hash.set(field, value);
  db.save(key, hash);
  return hash.size - before;
}

function increase(call: Call, key: Bytes, field: Bytes, increment: Bytes): Reply {
  const by = integerOf(increment);
  const before = parseInteger(call.db.hash(key)?.get(field) ?? "0");
  if (before === undefined) throw new Refusal("ERR hash value is not an integer");
  const after = sumOf(before, by);
  if (after === undefined) throw new Refusal("ERR increment or decrement would overflow");
  setFields(call, key, [[field, String(after)]]);
  return after;
}

function increaseFloat(call: Call, key: Bytes, field: Bytes, increment: Bytes): Reply {
  const isEndless = new Refusal("ERR value is NaN or Infinity");
  addExactly("0", increment, { left: notAFloat, right: notAFloat, endless: isEndless });
  const before = call.db.hash(key)?.get(field) ?? "0";
  const after = addExactly(before, increment, { left: new Refusal("ERR hash value is not a float"), right: notAFloat });
  setFields(call, key, [[field, after]]);
  call.effects = [["HSET", key, field, after]];
  return after;
}
