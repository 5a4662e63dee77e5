import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, type Command } from "../command.ts";
import { formatFloat } from "../floats.ts";
import { int64Max, int64Min, integerOf } from "../integers.ts";
import { picksOf } from "../picks.ts";
import { outOfRange, Refusal, syntaxError } from "../refusal.ts";
import type { Reply } from "../reply.ts";

/** A few members by chance. */
export const randomPickCommands: readonly Command[] = [
  command("srandmember", -2, reads, ([, key, ...words], call) => {
    if (words.length > 1) throw syntaxError;
    return pick(call, words, { of: () => [...(call.db.members(key) ?? [])].map((member) => [member, ""]) });
  }),
  command("hrandfield", -2, reads, ([, key, ...words], call) =>
    pick(call, words, { of: () => [...(call.db.hash(key) ?? [])], withValues: "WITHVALUES" }),
  ),
  command("zrandmember", -2, reads, ([, key, ...words], call) => {
    const of = (): Pair[] =>
      (call.db.sorted(key)?.slice() ?? []).map(({ member, score }) => [member, formatFloat(score)]);
    return pick(call, words, { of, withValues: "WITHSCORES" });
  }),
];

type Pair = readonly [member: Bytes, value: Bytes];

interface Source {
  readonly of: () => readonly Pair[];
  /** The word that asks for what belongs to each member. */
  readonly withValues?: Bytes;
}

function pick({ state }: Call, [count, ...words]: readonly Bytes[], { of, withValues }: Source): Reply {
  if (count === undefined) return picksOf(of(), 1, state.random)[0]?.[0] ?? null;
  const wanted = pickCountOf(count);
  const isPaired = words.length > 0;
  if (words.length > 1 || (isPaired && words[0]?.toUpperCase() !== withValues)) throw syntaxError;
  if (isPaired && Math.abs(wanted) > Number(int64Max / 2n)) throw outOfRange;
  const picked = picksOf(of(), wanted, state.random);
  return isPaired ? picked.flat() : picked.map(([member]) => member);
}

function pickCountOf(text: Bytes): number {
  const count = integerOf(text);
  if (count !== int64Min) return Number(count);
  throw new Refusal(`ERR value is out of range, value must between -${int64Max} and ${int64Max}`);
}
