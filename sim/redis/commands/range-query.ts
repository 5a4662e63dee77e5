import type { Bytes } from "../../bytes.ts";
import { indexOf, rangeWithin } from "../integers.ts";
import { Refusal, syntaxError } from "../refusal.ts";
import { memberRange, scoreRange, type Span } from "../score-range.ts";
import type { Scored, SortedSet } from "../sorted-set.ts";

/** What the bounds of a range are. */
export type By = "rank" | "score" | "member";
/** From the lowest score or from the highest. */
export type Order = "ascending" | "descending";

/** What ZRANGE and its kin are asked for. */
export interface RangeQuery {
  readonly withScores: boolean;
  readonly order: Order;
  /** How many to pass over, where finding the span has not done so. */
  readonly offset: number;
  /** −1: no limit. */
  readonly limit: number;
  readonly spanOf: (set: SortedSet) => Span;
}

/** What a command's name leaves open may be chosen by its options. */
export interface RangeForm {
  readonly by: By | undefined;
  readonly order: Order | undefined;
  /** The result is kept, so scores need no asking for. */
  readonly isStored: boolean;
}

interface Draft {
  by: By | undefined;
  order: Order | undefined;
  withScores: boolean;
  offset: number;
  limit: number;
}

/** The entries of a set that a query finds, in its order. */
export function select(set: SortedSet, { spanOf, order, offset, limit }: RangeQuery): readonly Scored[] {
  const found = set.slice(...spanOf(set));
  if (order === "descending") found.reverse();
  if (offset === 0 && limit < 0) return found;
  if (offset < 0) return [];
  return found.slice(offset, limit < 0 ? undefined : offset + limit);
}

/** @param words - both bounds, then options. @throws Refusal */
export function rangeQueryOf([first = "", second = "", ...options]: readonly Bytes[], form: RangeForm): RangeQuery {
  const { by = "rank", order = "ascending", withScores, offset, limit } = draftOf(options, form);
  const isTurned = order === "descending" && by !== "rank";
  const bounds: readonly [Bytes, Bytes] = isTurned ? [second, first] : [first, second];
  return { withScores, order, offset: by === "score" ? offset : 0, limit, spanOf: spanFor(by, order, bounds, offset) };
}

function draftOf(options: readonly Bytes[], form: RangeForm): Draft {
  const draft: Draft = { by: form.by, order: form.order, withScores: false, offset: 0, limit: -1 };
  for (let at = 0; at < options.length; at++) {
    const [option = "", offset, limit] = options.slice(at, at + 3);
    if (option.toUpperCase() === "LIMIT" && offset !== undefined && limit !== undefined) {
      [draft.offset, draft.limit] = [indexOf(offset), indexOf(limit)];
      at += 2;
    } else takeOption(draft, option.toUpperCase(), form);
  }
  assertFits(draft, draft.by ?? "rank");
  return draft;
}

function takeOption(draft: Draft, option: Bytes, { isStored }: RangeForm): void {
  if (option === "WITHSCORES" && !isStored) draft.withScores = true;
  else if (option === "REV" && draft.order === undefined) draft.order = "descending";
  else if (option === "BYLEX" && draft.by === undefined) draft.by = "member";
  else if (option === "BYSCORE" && draft.by === undefined) draft.by = "score";
  else throw syntaxError;
}

function assertFits({ limit, withScores }: Draft, by: By): void {
  if (limit !== -1 && by === "rank") {
    throw new Refusal("ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
  }
  if (withScores && by === "member") {
    throw new Refusal("ERR syntax error, WITHSCORES not supported in combination with BYLEX");
  }
}

function spanFor(
  by: By,
  order: Order,
  [first, second]: readonly [Bytes, Bytes],
  offset: number,
): (set: SortedSet) => Span {
  if (by === "score") return scoreRange(first, second);
  const isReversed = order === "descending";
  if (by === "rank") return rankRange(indexOf(first), indexOf(second), isReversed);
  const range = memberRange(first, second);
  return (set) => range.spanOf(set, isReversed, offset);
}

function rankRange(start: number, stop: number, isReversed: boolean): (set: SortedSet) => Span {
  return ({ size }) => {
    const range = rangeWithin(start, stop, size);
    if (!range) return [0, 0];
    return isReversed ? [size - 1 - range[1], size - range[0]] : [range[0], range[1] + 1];
  };
}
