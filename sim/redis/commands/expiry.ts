import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, writes, type Command } from "../command.ts";
import { anyTimeOf } from "../expiry-time.ts";
import { Refusal } from "../refusal.ts";
import type { Reply } from "../reply.ts";
import { expire } from "./strings.ts";

/** Times to live. */
export const expiryCommands: readonly Command[] = [
  ...[expiring("expire", 1000, true), expiring("pexpire", 1, true)],
  ...[expiring("expireat", 1000, false), expiring("pexpireat", 1, false)],
  telling("ttl", (expiryMs, nowMs) => Math.floor((Math.max(0, expiryMs - nowMs) + 500) / 1000)),
  telling("pttl", (expiryMs, nowMs) => Math.max(0, expiryMs - nowMs)),
  telling("expiretime", (expiryMs) => Math.floor((expiryMs + 500) / 1000)),
  telling("pexpiretime", (expiryMs) => expiryMs),
  command("persist", 2, writes, ([, key], { db }) => {
    if (!db.has(key) || db.expiryOf(key) === undefined) return 0;
    db.expireAt(key, undefined);
    return 1;
  }),
];

function expiring(name: Bytes, unitMs: 1 | 1000, isRelative: boolean): Command {
  return command(name, -3, writes, ([, key, time, ...words], call) => {
    const conditions = conditionsOf(words);
    const atMs = anyTimeOf(time, { unitMs, sinceMs: isRelative ? call.state.nowMs : 0 }, name);
    return expireIf(call, key, atMs, conditions);
  });
}

type Condition = "NX" | "XX" | "GT" | "LT";

function expireIf(call: Call, key: Bytes, atMs: number, conditions: ReadonlySet<Condition>): Reply {
  if (!call.db.has(key)) return 0;
  const current = call.db.expiryOf(key);
  if (![...conditions].every((condition) => holds[condition](atMs, current))) return 0;
  expire(call, key, atMs);
  return 1;
}

/** A key without a time to live counts as one that lives forever. */
const holds: Readonly<Record<Condition, (atMs: number, current: number | undefined) => boolean>> = {
  NX: (_, current) => current === undefined,
  XX: (_, current) => current !== undefined,
  GT: (atMs, current) => current !== undefined && atMs > current,
  LT: (atMs, current) => current === undefined || atMs < current,
};

function conditionsOf(words: readonly Bytes[]): ReadonlySet<Condition> {
  const conditions = new Set(words.map(conditionOf));
  if (conditions.has("NX") && conditions.size > 1) {
    throw new Refusal("ERR NX and XX, GT or LT options at the same time are not compatible");
  }
  if (conditions.has("GT") && conditions.has("LT")) {
    throw new Refusal("ERR GT and LT options at the same time are not compatible");
  }
  return conditions;
}

function conditionOf(word: Bytes): Condition {
  const condition = word.toUpperCase();
  if (!Object.hasOwn(holds, condition)) throw new Refusal(`ERR Unsupported option ${word}`);
  return condition as Condition;
}

/** −2 for no key, −1 for one that lives forever. */
function telling(name: Bytes, tell: (expiryMs: number, nowMs: number) => number): Command {
  return command(name, 2, reads, ([, key], { db, state }) => {
    if (!db.has(key)) return -2;
    const expiryMs = db.expiryOf(key);
    return expiryMs === undefined ? -1 : tell(expiryMs, state.nowMs);
  });
}
