import { NotSimulatedError } from "../runtime/errors.ts";
import type { LuaFunction } from "../runtime/table.ts";
import { badArgument, fail, intArgument, integerArgument, optional, stringArgument } from "./arguments.ts";
import { reversed } from "./floats.ts";
import { format } from "./format.ts";
import type { Library } from "./library.ts";
import { matching } from "./matching.ts";

/** Longer texts do not fit in memory here. */
const lengthAtMost = 2 ** 29 - 25;

/** A place in a text that may be counted from its end. */
function placeIn(length: number, place: number): number {
  return place < 0 ? Math.max(0, length + place + 1) : place;
}

function ofText(change: (text: string) => string): LuaFunction {
  return (...args) => change(stringArgument(args, 1));
}

/** Lua's `string` library. A text is its bytes. */
export const string: Library = {
  ...matching,
  format,
  byte: (...args) => {
    const text = stringArgument(args, 1);
    const from = placeIn(text.length, optional(args, 2, integerArgument, 1));
    const to = Math.min(text.length, placeIn(text.length, optional(args, 3, integerArgument, from)));
    const start = Math.max(1, from);
    if (to - start >= 7996) fail("string slice too long");
    return Array.from({ length: Math.max(0, to - start + 1) }, (_, index) => text.charCodeAt(start - 1 + index));
  },
  char: (...args) =>
    String.fromCharCode(
      ...args.map((_, index) => {
        const code = intArgument(args, index + 1);
        return code >= 0 && code <= 255 ? code : badArgument(index + 1, "invalid value");
      }),
    ),
  len: (...args) => stringArgument(args, 1).length,
  lower: ofText((text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  upper: ofText((text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  rep: (...args) => {
    const text = stringArgument(args, 1);
    const times = Math.max(0, intArgument(args, 2));
    if (text.length * times > lengthAtMost) return fail("resulting string too large");
    return text.repeat(text === "" ? 0 : times);
  },
  reverse: ofText(reversed),
  sub: (...args) => {
    const text = stringArgument(args, 1);
    const from = Math.max(1, placeIn(text.length, integerArgument(args, 2)));
    const to = placeIn(text.length, optional(args, 3, integerArgument, -1));
    return text.slice(from - 1, Math.max(from - 1, to));
  },
  dump: () => {
    throw new NotSimulatedError("string.dump");
  },
};
