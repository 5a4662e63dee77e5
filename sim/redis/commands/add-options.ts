import type { Bytes } from "../../bytes.ts";
import { Refusal } from "../refusal.ts";

/** What stands between ZADD's key and its first score. */
export interface AddOptions {
  /** NX, XX */
  readonly only?: "absent" | "present" | undefined;
  /** GT, LT: a member that is there moves only this way. */
  readonly moves?: "up" | "down" | undefined;
  /** CH: count members that moved, too. */
  readonly countsChanged?: boolean;
  /** INCR: the score is added to the member's. */
  readonly increments?: boolean;
}

const options = new Set(["NX", "XX", "GT", "LT", "CH", "INCR"]);

/** @returns the options, and the words behind them. @throws Refusal when two contradict each other */
export function addOptionsOf(words: readonly Bytes[]): {
  readonly options: AddOptions;
  readonly rest: readonly Bytes[];
} {
  const end = words.findIndex((word) => !options.has(word.toUpperCase()));
  const count = end === -1 ? words.length : end;
  const given = new Set(words.slice(0, count).map((word) => word.toUpperCase()));
  return {
    options: {
      only: given.has("NX") ? "absent" : given.has("XX") ? "present" : undefined,
      moves: given.has("GT") ? "up" : given.has("LT") ? "down" : undefined,
      countsChanged: given.has("CH"),
      increments: given.has("INCR"),
    },
    rest: behind(words.slice(count), given),
  };
}

function behind(rest: readonly Bytes[], given: ReadonlySet<Bytes>): readonly Bytes[] {
  if (rest.length === 0 || rest.length % 2 === 1) return [];
  if (given.has("NX") && given.has("XX")) {
    throw new Refusal("ERR XX and NX options at the same time are not compatible");
  }
  if (["GT", "LT", "NX"].filter((option) => given.has(option)).length > 1) {
    throw new Refusal("ERR GT, LT, and/or NX options at the same time are not compatible");
  }
  return rest;
}
