import type { Bytes } from "../../bytes.ts";
import { floatOf } from "../floats.ts";
import { Refusal, syntaxError } from "../refusal.ts";

/** How the scores of one member in several sets become one. */
export type Aggregate = "SUM" | "MIN" | "MAX";

/** What follows the keys of ZUNION and its kin. */
export interface CombineOptions {
  /** By the order of the keys; without one, 1. */
  readonly weights: readonly number[];
  readonly aggregate: Aggregate;
  readonly withScores: boolean;
}

/** Which of the options a command has. */
export interface CombineForm {
  readonly canWeigh: boolean;
  readonly canShowScores: boolean;
  /** How many keys there are, so how many weights. */
  readonly count: number;
}

/** @throws Refusal */
export function combineOptionsOf(words: readonly Bytes[], form: CombineForm): CombineOptions {
  let [weights, aggregate, withScores]: [number[], Aggregate, boolean] = [[], "SUM", false];
  for (let at = 0; at < words.length; at++) {
    const option = words[at]!.toUpperCase();
    const left = words.length - at - 1;
    if (form.canWeigh && option === "WEIGHTS" && left >= form.count) {
      weights = words.slice(at + 1, at + 1 + form.count).map((word) => floatOf(word, notAWeight));
      at += form.count;
    } else if (form.canWeigh && option === "AGGREGATE" && left >= 1) {
      aggregate = aggregateOf(words[(at += 1)]!);
    } else if (form.canShowScores && option === "WITHSCORES") withScores = true;
    else throw syntaxError;
  }
  return { weights, aggregate, withScores };
}

const notAWeight = new Refusal("ERR weight value is not a float");

function aggregateOf(word: Bytes): Aggregate {
  const aggregate = word.toUpperCase();
  if (aggregate !== "SUM" && aggregate !== "MIN" && aggregate !== "MAX") throw syntaxError;
  return aggregate;
}
