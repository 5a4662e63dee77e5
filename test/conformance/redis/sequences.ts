import fc from "fast-check";

import { connectionCount, type Sent } from "./arms.ts";
import { forms, slowForms, type Form } from "./forms.ts";
import { vocabulary } from "./vocabulary.ts";

/** Sequences of commands over a few connections: most as they should be, some with a word too many or too few. */
export function sequences(length: number): fc.Arbitrary<Sent[]> {
  return fc.array(sent, { minLength: 1, maxLength: length, size: "max" });
}

const command: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 500, arbitrary: fc.oneof(...forms.map(wordsOf)) },
  { weight: 1, arbitrary: fc.oneof(...slowForms.map(wordsOf)) },
);

function wordsOf([words, ...options]: Form): fc.Arbitrary<string[]> {
  const given = options.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...options), { maxLength: 3 });
  return given
    .chain((chosen) => fc.tuple(...[words, ...chosen].flatMap((each) => each.split(" ")).map(wordOf)))
    .map((parts) => parts.flat());
}

function wordOf(word: string): fc.Arbitrary<string[]> {
  const known = vocabulary[word.replace(/\+$/, "")];
  if (!known) return fc.constant([word]);
  return word.endsWith("+") ? fc.array(known, { minLength: 1, maxLength: 3 }) : known.map((text) => [text]);
}

type Change = (words: string[]) => string[];

const changes: readonly fc.WeightedArbitrary<Change>[] = [
  { weight: 40, arbitrary: fc.constant<Change>((words) => words) },
  { weight: 1, arbitrary: fc.constant<Change>((words) => words.slice(0, -1)) },
  {
    weight: 1,
    arbitrary: vocabulary["junk"]!.map((junk): Change => (words) => [...words, junk]),
  },
  { weight: 1, arbitrary: fc.constant<Change>(([name = "", ...args]) => [name.toLowerCase(), ...args]) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(5), vocabulary["junk"]!).map(
      ([at, junk]): Change =>
        (words) =>
          words.map((word, index) => (index === at + 1 ? junk : word)),
    ),
  },
];

const sent: fc.Arbitrary<Sent> = fc
  .tuple(
    fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(connectionCount - 1) }),
    command,
    fc.oneof(...changes),
  )
  .map(([connection, words, change]) => ({ connection, words: change(words) }))
  .filter(({ words }) => words.length > 0 && isBounded(words));

/** Not what would wait, or take a real server minutes or gigabytes. */
function isBounded([name = "", ...args]: readonly string[]): boolean {
  const upper = name.toUpperCase();
  if (livesBriefly(upper, args)) return false;
  if (upper === "SETRANGE") return !/^\d{7,}$/.test(args[1] ?? "");
  if (/RANDMEMBER|RANDFIELD/.test(upper)) return !/^-\d{5,}$/.test(args[1] ?? "");
  if (/^[SHZ]?SCAN$/.test(upper)) return /(?:^| )0 COUNT 1000(?!.*COUNT)|^(?:\w+ )?x/i.test(args.join(" "));
  if (upper === "COMMAND") return args.length > 0;
  if (upper === "SPOP") return args.length === 2 && args[1] !== "1";
  if (/^B[LRZ]/.test(upper)) return args.at(upper.endsWith("MPOP") ? 0 : -1) === "0.001";
  return upper !== "WAIT" || args[1] === "1";
}

/**
 * Whether a junk word has made a time to live of a moment. Both servers run on the real clock, a little apart, so that
 * such a key would be there on one and gone on the other.
 */
function livesBriefly(name: string, args: readonly string[]): boolean {
  if (/^(?:PEXPIRE|EXPIRE|PSETEX|SETEX)$/.test(name)) return args[1] === "1";
  if (name !== "SET" && name !== "GETEX") return false;
  return args.some(
    (word, index) => (name === "SET" ? /^(?:EX|PX)(?:AT)?$/i : /^(?:EX|PX)$/i).test(word) && args[index + 1] === "1",
  );
}
