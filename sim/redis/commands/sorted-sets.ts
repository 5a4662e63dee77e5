import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, writes, type Command } from "../command.ts";
import { floatOf, formatFloat } from "../floats.ts";
import { countOf } from "../integers.ts";
import { Refusal, syntaxError } from "../refusal.ts";
import type { Reply } from "../reply.ts";
import { SortedSet, type Scored } from "../sorted-set.ts";
import { addOptionsOf, type AddOptions } from "./add-options.ts";

/** Sorted sets: what concerns one member or an end. */
export const sortedSetCommands: readonly Command[] = [
  command("zadd", -4, writes, ([, key, ...words], call) => {
    const { options, rest } = addOptionsOf(words);
    return add(call, key, rest, options);
  }),
  command("zincrby", 4, writes, ([, key, ...words], call) => {
    // Redis looks for ZADD's options here, too; whoever gives one lacks a score or a member then.
    const { options, rest } = addOptionsOf(words);
    return add(call, key, rest, { ...options, increments: true });
  }),
  command("zrem", -3, writes, ([, key, ...members], { db }) => {
    const set = db.sorted(key);
    const gone = set ? members.filter((member) => set.delete(member)).length : 0;
    if (set && gone > 0) db.save(key, set);
    return gone;
  }),
  command("zcard", 2, reads, ([, key], { db }) => db.sorted(key)?.size ?? 0),
  command("zscore", 3, reads, ([, key, member], { db }) => scoreReply(db.sorted(key)?.score(member))),
  command("zmscore", -3, reads, ([, key, ...members], { db }) => {
    const set = db.sorted(key);
    return members.map((member) => scoreReply(set?.score(member)));
  }),
  command("zrank", 3, reads, ([, key, member], { db }) => db.sorted(key)?.rank(member) ?? null),
  command("zrevrank", 3, reads, ([, key, member], { db }) => {
    const set = db.sorted(key);
    const rank = set?.rank(member);
    return set && rank !== undefined ? set.size - 1 - rank : null;
  }),
  popping("zpopmin", popLowest),
  popping("zpopmax", popHighest),
];

/** Adds members or moves them, by a score each. */
function add(call: Call, key: Bytes, words: readonly Bytes[], options: AddOptions): Reply {
  const entries = entriesOf(words, options);
  const set = call.db.sorted(key) ?? new SortedSet();
  const puts = entries.map((entry) => put(set, entry, options));
  const [added, changed] = [tally(puts, "added"), tally(puts, "changed")];
  if (added + changed > 0) call.db.save(key, set);
  if (options.increments) return scoreReply(puts[0]?.score);
  return options.countsChanged ? added + changed : added;
}

interface Put {
  readonly outcome: "added" | "changed" | "as it was" | "held back";
  /** The score by now, unless it was held back. */
  readonly score?: number;
}

function put(set: SortedSet, { member, score }: Scored, options: AddOptions): Put {
  const before = set.score(member);
  const after = options.increments && before !== undefined ? before + score : score;
  if (options.only === (before === undefined ? "present" : "absent")) return { outcome: "held back" };
  if (Number.isNaN(after)) throw new Refusal("ERR resulting score is not a number (NaN)");
  if (before !== undefined && !mayMove(options, before, after)) return { outcome: "held back" };
  set.set(member, after);
  return { outcome: before === undefined ? "added" : before === after ? "as it was" : "changed", score: after };
}

function tally(puts: readonly Put[], outcome: Put["outcome"]): number {
  return puts.filter((each) => each.outcome === outcome).length;
}

function mayMove({ moves }: AddOptions, before: number, after: number): boolean {
  if (moves === undefined) return true;
  return moves === "up" ? after > before : after < before;
}

function entriesOf(words: readonly Bytes[], { increments }: AddOptions): Scored[] {
  if (words.length === 0 || words.length % 2 === 1) throw syntaxError;
  if (increments && words.length > 2) throw new Refusal("ERR INCR option supports a single increment-element pair");
  return Array.from({ length: words.length / 2 }, (_, pair) => ({
    score: floatOf(words[2 * pair]!),
    member: words[2 * pair + 1]!,
  }));
}

/** Takes the entries with the lowest scores. */
export function popLowest(set: SortedSet, count: number): Scored[] {
  return set.cut(0, Math.min(count, set.size));
}

/** Takes the entries with the highest scores, the highest first. */
export function popHighest(set: SortedSet, count: number): Scored[] {
  return set.cut(Math.max(0, set.size - count), set.size).toReversed();
}

function popping(name: Bytes, pop: (set: SortedSet, count: number) => Scored[]): Command {
  return command(name, -2, writes, ([, key, count = "1", ...more], { db }) => {
    if (more.length > 0) throw syntaxError;
    const wanted = countOf(count);
    const set = db.sorted(key);
    if (!set || wanted === 0) return [];
    const popped = pop(set, wanted);
    db.save(key, set);
    return withScores(popped);
  });
}

/** Members and scores in turns. */
export function withScores(entries: readonly Scored[]): Bytes[] {
  return entries.flatMap(({ member, score }) => [member, formatFloat(score)]);
}

function scoreReply(score: number | undefined): Reply {
  return score === undefined ? null : formatFloat(score);
}
