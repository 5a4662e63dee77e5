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

/** What keeps a command from waiting, and from taking a real server minutes or gigabytes. */
const bounds: readonly (readonly [RegExp, (args: readonly string[]) => boolean])[] = [
  [/^SETRANGE$/, ([, offset = ""]) => !/^\d{7,}$/.test(offset)],
  [/RANDMEMBER|RANDFIELD/, ([, count = ""]) => !/^-\d{5,}$/.test(count)],
  [/^[SHZ]?SCAN$/, (args) => /(?:^| )0 COUNT 1000(?!.*COUNT)|^(?:\w+ )?x/i.test(args.join(" "))],
  [/^COMMAND$/, (args) => args.length > 0],
  [/^SPOP$/, (args) => args.length === 2 && args[1] !== "1"],
  [/^B[LRZ].*MPOP$/, ([timeout]) => timeout === "0.001"],
  [/^B[LRZ]/, (args) => args.at(-1) === "0.001"],
  [/^WAIT$/, ([, timeout]) => timeout === "1"],
];

function isBounded([name = "", ...args]: readonly string[]): boolean {
  const upper = name.toUpperCase();
  if (livesBriefly(upper, args)) return false;
  const bound = bounds.find(([names]) => names.test(upper));
  return bound === undefined || bound[1](args);
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
