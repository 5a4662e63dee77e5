import type { Bytes } from "../../bytes.ts";
import type { TimeForm } from "../expiry-time.ts";
import { syntaxError } from "../refusal.ts";

/** What follows the key of SET and GETEX. */
export interface SetOptions {
  readonly only: "absent" | "present" | undefined;
  /** SET: answer with the value from before. */
  readonly get: boolean;
  readonly lifetime: Lifetime | undefined;
}

/** SET: leave the time to live as it is; GETEX: take it away; or set it. */
export type Lifetime =
  | { readonly option: "KEEPTTL" | "PERSIST" }
  | { readonly option: TimeOption; readonly text: Bytes; readonly form: TimeForm };

type TimeOption = "EX" | "PX" | "EXAT" | "PXAT";
type Draft = { -readonly [Name in keyof SetOptions]: SetOptions[Name] };

/** @throws Refusal when two options contradict each other, or this command does not have one. */
export function setOptionsOf(words: readonly Bytes[], command: "set" | "getex", nowMs: number): SetOptions {
  const draft: Draft = { only: undefined, get: false, lifetime: undefined };
  const rest = words.values();
  for (const word of rest) {
    const option = word.toUpperCase();
    const isTaken = command === "set" && takeCondition(draft, option);
    if (!isTaken) draft.lifetime = lifetimeOf(draft.lifetime, { option, command, rest, nowMs });
  }
  return draft;
}

function takeCondition(draft: Draft, option: Bytes): boolean {
  if (option === "NX" && draft.only !== "present") draft.only = "absent";
  else if (option === "XX" && draft.only !== "absent") draft.only = "present";
  else if (option === "GET") draft.get = true;
  else return false;
  return true;
}

interface LifetimeWords {
  readonly option: Bytes;
  readonly command: "set" | "getex";
  readonly rest: Iterator<Bytes>;
  readonly nowMs: number;
}

/** An option may come twice, but not after another one of its kind. */
function lifetimeOf(before: Lifetime | undefined, { option, command, rest, nowMs }: LifetimeWords): Lifetime {
  if (before && before.option !== option) throw syntaxError;
  if (option === (command === "set" ? "KEEPTTL" : "PERSIST")) return { option };
  const form = timeForms(nowMs)[option as TimeOption] as TimeForm | undefined;
  const next = form ? rest.next() : undefined;
  if (!form || !next || next.done) throw syntaxError;
  return { option: option as TimeOption, text: next.value, form };
}

function timeForms(nowMs: number): Readonly<Record<TimeOption, TimeForm>> {
  return {
    EX: { unitMs: 1000, sinceMs: nowMs },
    PX: { unitMs: 1, sinceMs: nowMs },
    EXAT: { unitMs: 1000, sinceMs: 0 },
    PXAT: { unitMs: 1, sinceMs: 0 },
  };
}
