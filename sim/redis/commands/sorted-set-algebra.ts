import type { Bytes } from "../../bytes.ts";
import { command, readsAny, writes, type Command } from "../command.ts";
import type { Database } from "../database.ts";
import { Refusal, syntaxError, wrongType } from "../refusal.ts";
import { indexOf } from "../integers.ts";
import { SortedSet, type Scored } from "../sorted-set.ts";
import { combineOptionsOf, type Aggregate, type CombineOptions } from "./combine-options.ts";
import { limitOf } from "./sets.ts";
import { storeSorted } from "./sorted-set-ranges.ts";
import { withScores } from "./sorted-sets.ts";

/** Unions, intersections and differences of sorted sets, among which plain sets count as of score 1. */
export const sortedSetAlgebraCommands: readonly Command[] = [
  ...combining("zunion", union),
  ...combining("zinter", intersection),
  ...combining("zdiff", difference),
  command("zintercard", -3, readsAny, ([, count, ...words], { db }) => {
    const { sources, rest } = sourcesOf(db, [count, ...words], "zintercard");
    const limit = limitOf(rest);
    const { length } = intersection(sources, { weights: [], aggregate: "SUM", withScores: false });
    return limit === 0 ? length : Math.min(length, limit);
  }),
];

type Source = ReadonlyMap<Bytes, number>;
type Combine = (sources: readonly Source[], options: CombineOptions) => Scored[];

function combining(name: Bytes, combine: Combine): Command[] {
  const canWeigh = name !== "zdiff";
  return [
    command(name, -3, readsAny, ([, ...words], { db }) => {
      const { sources, rest } = sourcesOf(db, words, name);
      const options = combineOptionsOf(rest, { canWeigh, canShowScores: true, count: sources.length });
      const found = sorted(combine(sources, options));
      return options.withScores ? withScores(found) : found.map(({ member }) => member);
    }),
    command(`${name}store`, -4, writes, ([, target, ...words], { db }) => {
      const { sources, rest } = sourcesOf(db, words, `${name}store`);
      const options = combineOptionsOf(rest, { canWeigh, canShowScores: false, count: sources.length });
      return storeSorted({ db }, target, combine(sources, options));
    }),
  ];
}

interface Sources {
  readonly sources: readonly Source[];
  readonly rest: readonly Bytes[];
}

function sourcesOf(db: Database, [count = "", ...words]: readonly Bytes[], name: Bytes): Sources {
  const keyCount = indexOf(count);
  if (keyCount < 1) throw new Refusal(`ERR at least 1 input key is needed for '${name}' command`);
  if (keyCount > words.length) throw syntaxError;
  return { sources: words.slice(0, keyCount).map((key) => sourceOf(db, key)), rest: words.slice(keyCount) };
}

function sourceOf(db: Database, key: Bytes): Source {
  const value = db.get(key) ?? new Set();
  if (value instanceof Set) return new Map([...value].map((member) => [member, 1]));
  if (value instanceof SortedSet) return new Map(value.slice().map(({ member, score }) => [member, score]));
  throw wrongType;
}

interface Weighted {
  readonly source: Source;
  readonly weight: number;
}

/** Redis begins with the smallest, which shows where a sum of fractions is rounded. */
function smallestFirst(sources: readonly Source[], weights: readonly number[]): Weighted[] {
  return sources
    .map((source, index) => ({ source, weight: weights[index] ?? 1 }))
    .toSorted((one, other) => one.source.size - other.source.size);
}

function union(sources: readonly Source[], { weights, aggregate }: CombineOptions): Scored[] {
  const scores = new Map<Bytes, number>();
  for (const { source, weight } of smallestFirst(sources, weights)) {
    for (const [member, score] of source) {
      const before = scores.get(member);
      const weighted = notNaN(score * weight);
      scores.set(member, before === undefined ? weighted : joined(aggregate, before, weighted));
    }
  }
  return entriesOf(scores);
}

function intersection(sources: readonly Source[], { weights, aggregate }: CombineOptions): Scored[] {
  const [first, ...others] = smallestFirst(sources, weights);
  return entriesOf(first?.source ?? new Map())
    .filter(({ member }) => others.every(({ source }) => source.has(member)))
    .map(({ member, score }) => ({
      member,
      score: others.reduce(
        (sofar, { source, weight }) => joined(aggregate, sofar, notNaN((source.get(member) ?? 0) * weight)),
        notNaN(score * (first?.weight ?? 1)),
      ),
    }));
}

function difference([first = new Map(), ...others]: readonly Source[]): Scored[] {
  return entriesOf(first).filter(({ member }) => !others.some((source) => source.has(member)));
}

function joined(aggregate: Aggregate, left: number, right: number): number {
  if (aggregate === "SUM") return notNaN(left + right);
  return aggregate === "MIN" ? Math.min(left, right) : Math.max(left, right);
}

/** Infinity times zero, or less infinity, counts as zero. */
function notNaN(score: number): number {
  return Number.isNaN(score) ? 0 : score;
}

function entriesOf(scores: Source): Scored[] {
  return [...scores].map(([member, score]) => ({ member, score }));
}

function sorted(entries: readonly Scored[]): Scored[] {
  return entries.toSorted((one, other) => one.score - other.score || (one.member < other.member ? -1 : 1));
}
