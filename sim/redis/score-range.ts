import type { Bytes } from "../bytes.ts";
import { parseFloatStrictly } from "./floats.ts";
import { Refusal } from "./refusal.ts";
import type { Scored, SortedSet } from "./sorted-set.ts";

/** Positions of a sorted set, the second excluded. */
export type Span = readonly [from: number, to: number];

/** Finds the part of a sorted set that a range of scores or members covers. */
export type FindSpan = (set: SortedSet) => Span;

interface Bound<Value> {
  readonly value: Value;
  readonly isExclusive: boolean;
}

/** A range of scores, as ZRANGEBYSCORE takes it: `5`, `(5`, `-inf`. @throws Refusal */
export function scoreRange(least: Bytes, most: Bytes): FindSpan {
  const [min, max] = [scoreBound(least), scoreBound(most)];
  return (set) => {
    const from = set.firstWhere(({ score }) => (min.isExclusive ? score > min.value : score >= min.value));
    const to = set.firstWhere(({ score }) => (max.isExclusive ? score >= max.value : score > max.value));
    return [from, Math.max(from, to)];
  };
}

/** C's `strtod` skips spaces in front and takes nothing for zero. */
function scoreBound(text: Bytes): Bound<number> {
  const isExclusive = text.startsWith("(");
  const digits = (isExclusive ? text.slice(1) : text).replace(/^[ \t-\r]+/, "");
  const value = text === "" || text === "(" ? 0 : parseFloatStrictly(digits);
  if (value === undefined) throw new Refusal("ERR min or max is not a float");
  return { value, isExclusive };
}

/** Before every member, or behind. */
type Edge = "first" | "last";
type LexBound = Edge | Bound<Bytes>;

/** A range of members, as ZRANGEBYLEX takes it: `[a`, `(a`, `-`, `+`. @throws Refusal */
export function memberRange(least: Bytes, most: Bytes): LexRange {
  return new LexRange(lexBound(least), lexBound(most));
}

function lexBound(text: Bytes): LexBound {
  if (text === "-") return "first";
  if (text === "+") return "last";
  if (!/^[[(]/.test(text)) throw new Refusal("ERR min or max not valid string range item");
  return { value: text.slice(1), isExclusive: text.startsWith("(") };
}

/**
 * A range of members, which means something only where all scores are equal.
 *
 * Where they are not, Redis looks along the set from the side that it begins on, and stops at the first member beyond
 * the range. So does this, to answer the same.
 */
export class LexRange {
  readonly #min: LexBound;
  readonly #max: LexBound;

  constructor(min: LexBound, max: LexBound) {
    this.#min = min;
    this.#max = max;
  }

  /** @param skipped - how many to pass over at the side where the search begins, whether in the range or not */
  spanOf(set: SortedSet, isReversed = false, skipped = 0): Span {
    if (skipped < 0 || this.#isEmptyFor(set)) return [0, 0];
    if (set.at(0)?.score === set.at(set.size - 1)?.score) return this.#search(set, isReversed, skipped);
    return isReversed ? this.#walkBack(set, skipped) : this.#walk(set, skipped);
  }

  #isEmptyFor(set: SortedSet): boolean {
    const [first, last] = [set.at(0), set.at(set.size - 1)];
    if (!first || !last || isReversedRange(this.#min, this.#max)) return true;
    return !this.#reaches(last) || !this.#holds(first);
  }

  #search(set: SortedSet, isReversed: boolean, skipped: number): Span {
    const from = set.firstWhere((each) => this.#reaches(each));
    const to = set.firstWhere((each) => !this.#holds(each));
    return isReversed ? [from, Math.max(from, to - skipped)] : [Math.min(from + skipped, to), Math.max(from, to)];
  }

  #walk(set: SortedSet, skipped: number): Span {
    const all = set.slice();
    const first = all.findIndex((each) => this.#reaches(each));
    if (first === -1 || !this.#holds(all[first]!)) return [0, 0];
    const from = Math.min(first + skipped, all.length);
    const length = all.slice(from).findIndex((each) => !this.#holds(each));
    return [from, length === -1 ? all.length : from + length];
  }

  #walkBack(set: SortedSet, skipped: number): Span {
    const all = set.slice();
    const last = all.findLastIndex((each) => this.#holds(each));
    if (last === -1 || !this.#reaches(all[last]!)) return [0, 0];
    const to = Math.max(last + 1 - skipped, 0);
    const before = all.slice(0, to).findLastIndex((each) => !this.#reaches(each));
    return [before + 1, to];
  }

  /** Whether a member is not in front of the range. */
  #reaches({ member }: Scored): boolean {
    if (typeof this.#min === "string") return this.#min === "first";
    return this.#min.isExclusive ? member > this.#min.value : member >= this.#min.value;
  }

  /** Whether a member is not behind the range. */
  #holds({ member }: Scored): boolean {
    if (typeof this.#max === "string") return this.#max === "last";
    return this.#max.isExclusive ? member < this.#max.value : member <= this.#max.value;
  }
}

function isReversedRange(min: LexBound, max: LexBound): boolean {
  if (typeof min === "string" || typeof max === "string") return min === max || min === "last" || max === "first";
  return min.value > max.value || (min.value === max.value && (min.isExclusive || max.isExclusive));
}
