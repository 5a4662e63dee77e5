import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, writes, writesTwo, type Command } from "../command.ts";
import { indexOf, rangeWithin } from "../integers.ts";
import { memberRange, scoreRange, type Span } from "../score-range.ts";
import { SortedSet, type Scored } from "../sorted-set.ts";
import { rangeQueryOf, select, type By, type Order } from "./range-query.ts";
import { withScores } from "./sorted-sets.ts";

/** Sorted sets: what concerns a stretch of them. */
export const sortedSetRangeCommands: readonly Command[] = [
  ranging("zrange", undefined, undefined),
  ranging("zrevrange", "rank", "descending"),
  ranging("zrangebyscore", "score", "ascending"),
  ranging("zrevrangebyscore", "score", "descending"),
  ranging("zrangebylex", "member", "ascending"),
  ranging("zrevrangebylex", "member", "descending"),
  command("zrangestore", -5, writesTwo, ([, target, source, ...words], { db }) => {
    const query = rangeQueryOf(words, { by: undefined, order: undefined, isStored: true });
    const found = select(db.sorted(source) ?? new SortedSet(), query);
    return storeSorted({ db }, target, found);
  }),
  command("zcount", 4, reads, ([, key, min, max], { db }) => {
    const spanOf = scoreRange(min, max);
    return lengthOf(spanOf(db.sorted(key) ?? new SortedSet()));
  }),
  command("zlexcount", 4, reads, ([, key, min, max], { db }) => {
    const range = memberRange(min, max);
    return lengthOf(range.spanOf(db.sorted(key) ?? new SortedSet()));
  }),
  removing("zremrangebyscore", scoreRange),
  removing("zremrangebylex", (min, max) => {
    const range = memberRange(min, max);
    return (set) => range.spanOf(set);
  }),
  removing("zremrangebyrank", (start, stop) => {
    const [first, last] = [indexOf(start), indexOf(stop)];
    return (set) => {
      const range = rangeWithin(first, last, set.size);
      return range ? [range[0], range[1] + 1] : [0, 0];
    };
  }),
];

function ranging(name: Bytes, by: By | undefined, order: Order | undefined): Command {
  return command(name, -4, reads, ([, key, ...words], { db }) => {
    const query = rangeQueryOf(words, { by, order, isStored: false });
    const found = select(db.sorted(key) ?? new SortedSet(), query);
    return query.withScores ? withScores(found) : found.map(({ member }) => member);
  });
}

function removing(name: Bytes, spanFor: (min: Bytes, max: Bytes) => (set: SortedSet) => Span): Command {
  return command(name, 4, writes, ([, key, min, max], { db }) => {
    const spanOf = spanFor(min, max);
    const set = db.sorted(key);
    const gone = set ? set.cut(...spanOf(set)).length : 0;
    if (set && gone > 0) db.save(key, set);
    return gone;
  });
}

function lengthOf([from, to]: Span): number {
  return to - from;
}

/** Puts entries under a key in the place of what was there. @returns how many */
export function storeSorted({ db }: Pick<Call, "db">, key: Bytes, entries: readonly Scored[]): number {
  const set = new SortedSet();
  for (const { member, score } of entries) set.set(member, score);
  if (set.size > 0) db.replace(key, set);
  else db.delete(key);
  return set.size;
}
