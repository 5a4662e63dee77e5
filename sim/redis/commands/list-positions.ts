import type { Bytes } from "../../bytes.ts";
import { countOf, indexOf, int64Min } from "../integers.ts";
import { Refusal, syntaxError } from "../refusal.ts";
import type { Reply } from "../reply.ts";
import type { List } from "../values.ts";

interface Search {
  /** The how-manieth match is the first one meant; negative counts from the end. */
  readonly rank: number;
  /** Nothing: one match, alone; 0: all matches. */
  readonly count: number | undefined;
  /** How many values to compare; 0: all. */
  readonly compareMax: number;
}

/** LPOS: where in a list a value stands. @throws Refusal */
export function positionsOf(options: readonly Bytes[], value: Bytes, listOf: () => List | undefined): Reply {
  const search = searchOf(options);
  const found = matches(listOf() ?? [], value, search);
  return search.count === undefined ? (found[0] ?? null) : found;
}

function matches(list: List, value: Bytes, { rank, count, compareMax }: Search): number[] {
  const indexes = rank < 0 ? [...list.keys()].toReversed() : [...list.keys()];
  const compared = compareMax === 0 ? indexes : indexes.slice(0, compareMax);
  const skipped = Math.abs(rank) - 1;
  const wanted = count === undefined ? 1 : count === 0 ? Infinity : count;
  return compared.filter((index) => list[index] === value).slice(skipped, skipped + wanted);
}

function searchOf(options: readonly Bytes[]): Search {
  let [rank, count, compareMax]: [number, number | undefined, number] = [1, undefined, 0];
  const rest = options.values();
  for (const word of rest) {
    const value = rest.next().value;
    if (value === undefined) throw syntaxError;
    const option = word.toUpperCase();
    if (option === "RANK") rank = rankOf(value);
    else if (option === "COUNT") count = countOf(value, new Refusal("ERR COUNT can't be negative"));
    else if (option === "MAXLEN") compareMax = countOf(value, new Refusal("ERR MAXLEN can't be negative"));
    else throw syntaxError;
  }
  return { rank, count, compareMax };
}

function rankOf(text: Bytes): number {
  const rank = indexOf(text);
  // Redis negates the rank, and the least integer overflows to itself: it counts as −1.
  if (rank === Number(int64Min)) return -1;
  if (rank !== 0) return rank;
  throw new Refusal(
    "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... " +
      "or use negative to start from the end of the list",
  );
}
