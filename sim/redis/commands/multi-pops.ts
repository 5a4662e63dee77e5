import type { Bytes } from "../../bytes.ts";
import type { Answer, Call } from "../call.ts";
import { command, type Command, type Traits } from "../command.ts";
import { formatFloat } from "../floats.ts";
import { countOf } from "../integers.ts";
import { Refusal, syntaxError } from "../refusal.ts";
import { whenThere, whichIsThere, type Attempt } from "./blocking.ts";
import { takeFrom } from "./lists.ts";
import { popHighest, popLowest } from "./sorted-sets.ts";

const popsAny: Traits = { flags: ["write"], keys: [0, 0, 0] };
const waitsForAny: Traits = { flags: ["write", "blocking"], keys: [0, 0, 0] };

/** Pops several from the first of some keys that has any. */
export const multiPopCommands: readonly Command[] = [
  command("lmpop", -4, popsAny, ([, ...words], call) => popNow(call, words, popList)),
  command("zmpop", -4, popsAny, ([, ...words], call) => popNow(call, words, popSorted)),
  command("blmpop", -5, waitsForAny, ([, timeout, ...words], call) => popSoon(call, timeout, words, popList)),
  command("bzmpop", -5, waitsForAny, ([, timeout, ...words], call) => popSoon(call, timeout, words, popSorted)),
];

type Pop = (call: Call, key: Bytes, end: Bytes, count: number) => Attempt | undefined;

const popList: Pop = ({ db }, key, end, count) => {
  const list = db.list(key);
  if (!list) return undefined;
  const values = takeFrom(list, end === "LEFT" ? "LEFT" : "RIGHT", count);
  db.save(key, list);
  return { reply: [key, values], effect: [end === "LEFT" ? "LPOP" : "RPOP", key, String(values.length)] };
};

const popSorted: Pop = ({ db }, key, end, count) => {
  const set = db.sorted(key);
  if (!set) return undefined;
  const entries = end === "MIN" ? popLowest(set, count) : popHighest(set, count);
  db.save(key, set);
  const reply = entries.map(({ member, score }) => [member, formatFloat(score)]);
  return { reply: [key, reply], effect: [end === "MIN" ? "ZPOPMIN" : "ZPOPMAX", key, String(entries.length)] };
};

function popNow(call: Call, words: readonly Bytes[], pop: Pop): Answer {
  const { keys, end, count } = requestOf(words, pop);
  return whichIsThere(call, keys, (key) => pop(call, key, end, count)) ?? null;
}

function popSoon(call: Call, timeout: Bytes, words: readonly Bytes[], pop: Pop): Answer {
  const { keys, end, count } = requestOf(words, pop);
  return whenThere(call, [...keys, timeout], (key) => pop(call, key, end, count));
}

interface Request {
  readonly keys: readonly Bytes[];
  readonly end: Bytes;
  readonly count: number;
}

/** How many keys, the keys, an end, and perhaps a count. */
function requestOf([keyCount = "", ...words]: readonly Bytes[], pop: Pop): Request {
  const size = positiveOf(keyCount, new Refusal("ERR numkeys should be greater than 0"));
  const [end = "", ...options] = words.slice(size);
  const upper = end.toUpperCase();
  if (!(pop === popList ? ["LEFT", "RIGHT"] : ["MIN", "MAX"]).includes(upper)) throw syntaxError;
  return { keys: words.slice(0, size), end: upper, count: countIn(options) };
}

function countIn([option, text, ...more]: readonly Bytes[]): number {
  if (option === undefined) return 1;
  if (option.toUpperCase() !== "COUNT" || text === undefined) throw syntaxError;
  const count = positiveOf(text, new Refusal("ERR count should be greater than 0"));
  if (more.length > 0) throw syntaxError;
  return count;
}

function positiveOf(text: Bytes, otherwise: Refusal): number {
  const count = countOf(text, otherwise);
  if (count === 0) throw otherwise;
  return count;
}
