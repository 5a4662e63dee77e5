import type { Bytes } from "../bytes.ts";
import type { Answer, Call } from "./call.ts";

/** What a command may do, and where it may stand, in the words of COMMAND INFO. */
export type Flag =
  | "write"
  | "readonly"
  | "noscript"
  | "blocking"
  | "pubsub"
  | "admin"
  /** Carried out at once between MULTI and EXEC. */
  | "unqueued"
  /** Refused by name. */
  | "unsimulated";

/** First key, last key (counted from the end when negative) and step between keys; zeros for none. */
export type KeyPositions = readonly [first: number, last: number, step: number];

/** What is the same for many commands. */
export interface Traits {
  readonly flags: readonly Flag[];
  readonly keys: KeyPositions;
}

const oneKey: KeyPositions = [1, 1, 1];
const noKeys: KeyPositions = [0, 0, 0];

/** Reads one key, its first argument. */
export const reads: Traits = { flags: ["readonly"], keys: oneKey };
/** Reads every key that is named. */
export const readsAll: Traits = { flags: ["readonly"], keys: [1, -1, 1] };
/** Reads, but no key that stands at a fixed place. */
export const readsAny: Traits = { flags: ["readonly"], keys: noKeys };
/** Writes one key, its first argument. */
export const writes: Traits = { flags: ["write"], keys: oneKey };
/** Writes its first two arguments. */
export const writesTwo: Traits = { flags: ["write"], keys: [1, 2, 1] };
/** Writes every key that is named. */
export const writesAll: Traits = { flags: ["write"], keys: [1, -1, 1] };
/** Touches no key. */
export const keyless: Traits = { flags: [], keys: noKeys };
/** Speaks about its connection, which a script has none of. */
export const ofConnection: Traits = { flags: ["noscript"], keys: noKeys };

/** A command of the table. */
export interface Command extends Traits {
  /** In lower case; a subcommand's follows its container's: `client|setname`. */
  readonly name: Bytes;
  /** How many words it takes with its own name; at least so many when negative. */
  readonly arity: number;
  readonly run: (args: readonly Bytes[], call: Call) => Answer;
  readonly subcommands?: ReadonlyMap<Bytes, Command>;
}

type Words<Count extends number, Sofar extends Bytes[] = []> = Sofar["length"] extends Count
  ? Sofar
  : Words<Count, [...Sofar, Bytes]>;

/** The words of a command of this arity, its name being the first. */
export type Args<Arity extends number> = `${Arity}` extends `-${infer Least extends number}`
  ? readonly [...Words<Least>, ...Bytes[]]
  : readonly [...Words<Arity>];

/** A command that is called only with as many words as its arity says. */
export function command<const Arity extends number>(
  name: Bytes,
  arity: Arity,
  traits: Traits,
  run: (args: Args<Arity>, call: Call) => Answer,
): Command {
  return { name, arity, ...traits, run: run as unknown as Command["run"] };
}

/** A command that only has subcommands. */
export function container(name: Bytes, subcommands: readonly Command[]): Command {
  const byName = new Map(subcommands.map((each) => [each.name, { ...each, name: `${name}|${each.name}` }]));
  const run = (): never => {
    throw new Error(`${name} was carried out without a subcommand`);
  };
  return { name, arity: -2, ...keyless, run, subcommands: byName };
}
