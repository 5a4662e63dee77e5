import type { Bytes } from "../../bytes.ts";
import type { Answer, Call } from "../call.ts";
import { command, type Command, type KeyPositions, type Traits } from "../command.ts";
import { parseFloatStrictly, formatFloat } from "../floats.ts";
import { Refusal } from "../refusal.ts";
import type { Reply } from "../reply.ts";
import type { Scored, SortedSet } from "../sorted-set.ts";
import { Waiting } from "../waiting.ts";
import { endOf, move, takeFrom, type End } from "./lists.ts";
import { popHighest, popLowest } from "./sorted-sets.ts";

/** Pops that wait for something to pop. Within a transaction they do not wait, and replicas see the plain pop. */
export const blockingCommands: readonly Command[] = [
  command("blpop", -3, waits([1, -2, 1]), ([, ...words], call) => popWhenThere(call, words, "LEFT")),
  command("brpop", -3, waits([1, -2, 1]), ([, ...words], call) => popWhenThere(call, words, "RIGHT")),
  command("blmove", 6, waits([1, 2, 1]), ([, from, to, out, into, timeout], call) =>
    moveWhenThere(call, [from, endOf(out)], [to, endOf(into)], timeout),
  ),
  command("brpoplpush", 4, waits([1, 2, 1]), ([, from, to, timeout], call) =>
    moveWhenThere(call, [from, "RIGHT"], [to, "LEFT"], timeout),
  ),
  command("bzpopmin", -3, waits([1, -2, 1]), ([, ...words], call) =>
    popScoredWhenThere(call, words, { pop: popLowest, name: "ZPOPMIN" }),
  ),
  command("bzpopmax", -3, waits([1, -2, 1]), ([, ...words], call) =>
    popScoredWhenThere(call, words, { pop: popHighest, name: "ZPOPMAX" }),
  ),
];

function waits(keys: KeyPositions): Traits {
  return { flags: ["write", "noscript", "blocking"], keys };
}

/** What became of a key that was tried. */
export interface Attempt {
  readonly reply: Reply;
  /** What replicas do to have the same. */
  readonly effect: readonly Bytes[];
}

function popWhenThere(call: Call, words: readonly Bytes[], end: End): Answer {
  const { db } = call;
  return whenThere(call, words, (key) => {
    const list = db.list(key);
    if (!list) return undefined;
    const [value = ""] = takeFrom(list, end, 1);
    db.save(key, list);
    return { reply: [key, value], effect: [end === "LEFT" ? "LPOP" : "RPOP", key] };
  });
}

function popScoredWhenThere(
  call: Call,
  words: readonly Bytes[],
  { pop, name }: { readonly name: Bytes; readonly pop: (set: SortedSet, count: number) => Scored[] },
): Answer {
  const { db } = call;
  return whenThere(call, words, (key) => {
    const set = db.sorted(key);
    const popped = set && pop(set, 1)[0];
    if (!popped) return undefined;
    db.save(key, set);
    return { reply: [key, popped.member, formatFloat(popped.score)], effect: [name, key] };
  });
}

function moveWhenThere(
  call: Call,
  [from, out]: readonly [Bytes, End],
  [to, into]: readonly [Bytes, End],
  timeout: Bytes,
): Answer {
  return whenThere(call, [from, timeout], () => {
    const reply = move(call, [from, out], [to, into]);
    return reply === null ? undefined : { reply, effect: ["LMOVE", from, to, out, into] };
  });
}

type TryKey = (key: Bytes) => Attempt | undefined;

/** Tries each key in turn, now and whenever one of them changes. The last word is the timeout. */
export function whenThere(call: Call, words: readonly Bytes[], tryKey: TryKey): Answer {
  const timeoutMs = timeoutOf(words.at(-1) ?? "");
  const keys = words.slice(0, -1);
  const reply = whichIsThere(call, keys, tryKey);
  if (reply !== undefined) return reply;
  if (call.inside !== "nothing") return null;
  const attempt = (): Reply | undefined => whichIsThere(call, keys, (key) => quietly(() => tryKey(key)));
  return new Waiting({ keys, timeoutMs, attempt, otherwise: () => null });
}

/** Tries each key in turn, once. */
export function whichIsThere(call: Call, keys: readonly Bytes[], tryKey: TryKey): Reply | undefined {
  call.effects = [];
  for (const key of keys) {
    const outcome = tryKey(key);
    if (!outcome) continue;
    call.state.stream.append(call.db.index, outcome.effect);
    return outcome.reply;
  }
  return undefined;
}

/** Who waits goes on waiting when a key has come to hold something else. */
function quietly<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

/** Seconds, as BLPOP takes them, in milliseconds. @throws Refusal */
function timeoutOf(text: Bytes): number {
  const seconds = parseFloatStrictly(text);
  if (seconds === undefined || Math.abs(seconds) > Number.MAX_SAFE_INTEGER / 1000) {
    throw new Refusal("ERR timeout is not a float or out of range");
  }
  if (seconds < 0) throw new Refusal("ERR timeout is negative");
  return Math.ceil(seconds * 1000);
}
