import type { LuaValue } from "../runtime/table.ts";
import { toNumber } from "../runtime/arithmetic.ts";
import {
  badArgument,
  fail,
  integerArgument,
  numberArgument,
  optional,
  stringArgument,
  type Arguments,
} from "./arguments.ts";
import { floatBytes, floatOf, integerBytes, reversed, signedOf, unsignedBits, unsignedOf } from "./floats.ts";
import type { Library } from "./library.ts";

const largestInteger = 2147483647;
const integerSizeAtMost = 32;
const defaultAlignment = 8;

/** One letter of a format, and how it is laid out. */
interface Field {
  readonly letter: string;
  readonly size: number;
  /** Zero bytes in front. */
  readonly padding: number;
  readonly isBig: boolean;
}

const sizes: Readonly<Record<string, number>> = { b: 1, B: 1, h: 2, H: 2, l: 8, L: 8, T: 8, f: 4, d: 8, x: 1 };
const integers: ReadonlySet<string> = new Set("bBhHlLTiI");

/** Roberto Ierusalimschy's `struct`. */
export const struct: Library = {
  pack: (...args) => {
    const format = new Format(stringArgument(args, 1));
    // The library keeps its place on the stack with a nil: a missing argument is found to be that nil.
    const values = [...args, undefined];
    let packed = "";
    let position = 2;
    for (let field = format.next(packed.length); field; field = format.next(packed.length)) {
      packed += "\0".repeat(field.padding);
      if (field.letter === "x") packed += "\0";
      else if (takesValue(field)) packed += packValue(field, values, position++);
    }
    return packed;
  },
  unpack: (...args) => {
    const format = new Format(stringArgument(args, 1));
    const data = stringArgument(args, 2);
    const offset = optional(args, 3, integerArgument, 1);
    if (offset === 0) badArgument(3, "offset must be 1 or greater");
    let at = offset - 1;
    const values: LuaValue[] = [];
    for (let field = format.next(at); field; field = format.next(at)) {
      at += field.padding;
      if (at < 0 || at + field.size > data.length) badArgument(2, "data string too short");
      at += unpackValue(field, data, at, values);
    }
    return [...values, at + 1];
  },
  size: (...args) => {
    const format = new Format(stringArgument(args, 1));
    let size = 0;
    for (let field = format.next(size); field; field = format.next(size)) {
      size += field.padding;
      if (field.letter === "s") badArgument(1, "option 's' has no fixed size");
      if (field.letter === "c" && field.size === 0) badArgument(1, "option 'c0' has no fixed size");
      size += field.size;
    }
    return size;
  },
};

/** A format that is gone through letter by letter. */
class Format {
  readonly #letters: string;
  #at = 0;
  #isBig = false;
  #alignment = 1;

  constructor(text: string) {
    this.#letters = text.replace(/\0[^]*$/, "");
  }

  /** The next letter, for a place so many bytes behind the start. */
  next(place: number): Field | undefined {
    const letter = this.#letters.charAt(this.#at);
    if (letter === "") return undefined;
    this.#at += 1;
    const size = this.#sizeOf(letter);
    if (letter === "<" || letter === ">") this.#isBig = letter === ">";
    if (letter === "!") this.#align(this.#number(defaultAlignment));
    return { letter, size, padding: this.#padding(place, letter, size), isBig: this.#isBig };
  }

  #align(alignment: number): void {
    if (alignment <= 0 || (alignment & (alignment - 1)) !== 0) fail(`alignment ${alignment} is not a power of 2`);
    this.#alignment = alignment;
  }

  #padding(place: number, letter: string, size: number): number {
    if (size === 0 || letter === "c") return 0;
    const mask = Math.min(size, this.#alignment) - 1;
    return (mask + 1 - (place & mask)) & mask;
  }

  #sizeOf(letter: string): number {
    if (letter === "c") return this.#number(1);
    if (letter === "i" || letter === "I") return this.#integerSize();
    if ("s <>!".includes(letter)) return 0;
    return sizes[letter] ?? badArgument(1, `invalid format option '${letter}'`);
  }

  #integerSize(): number {
    const size = this.#number(4);
    if (size > integerSizeAtMost) fail(`integral size ${size} is larger than limit of ${integerSizeAtMost}`);
    return size;
  }

  #number(otherwise: number): number {
    const digits = /\d*/y;
    digits.lastIndex = this.#at;
    const found = digits.exec(this.#letters)?.[0] ?? "";
    this.#at += found.length;
    if (Number(found) > largestInteger) fail("integral size overflow");
    return found === "" ? otherwise : Number(found);
  }
}

function takesValue({ letter }: Field): boolean {
  return integers.has(letter) || "fdcs".includes(letter);
}

function packValue(field: Field, values: Arguments, position: number): string {
  const { letter, size, isBig } = field;
  if (letter === "c" || letter === "s") return packText(field, values, position);
  const value = numberArgument(values, position);
  const bytes = integers.has(letter) ? integerBytes(unsignedBits(value), size) : floatBytes(value, size === 4 ? 4 : 8);
  return isBig ? bytes : reversed(bytes);
}

function packText({ letter, size }: Field, values: Arguments, position: number): string {
  const text = stringArgument(values, position);
  if (text.length < size) badArgument(position + 1, "string too short");
  if (letter === "s") return `${text}\0`;
  return size === 0 ? text : text.slice(0, size);
}

/** Adds the value that is here. @returns how many bytes it takes */
function unpackValue(field: Field, data: string, at: number, values: LuaValue[]): number {
  const { letter, size, isBig } = field;
  if (letter === "c") return unpackCounted(field, data, at, values);
  if (letter === "s") {
    const end = data.indexOf("\0", at);
    if (end < 0) fail("unfinished string in data");
    values.push(data.slice(at, end));
    return end - at + 1;
  }
  if (!takesValue(field)) return size;
  const bytes = data.slice(at, at + size);
  const ordered = isBig ? bytes : reversed(bytes);
  if (!integers.has(letter)) values.push(floatOf(ordered));
  else values.push(Number(/[a-z]/.test(letter) ? signedOf(ordered) : unsignedOf(ordered)));
  return size;
}

/** A text of so many bytes; for `c0`, the value before says how many. */
function unpackCounted({ size }: Field, data: string, at: number, values: LuaValue[]): number {
  let length = size;
  if (size === 0) {
    const previous = toNumber(values.pop());
    if (previous === undefined) return fail("format 'c0' needs a previous size");
    length = Math.trunc(previous);
    if (length < 0 || at + length > data.length) badArgument(2, "data string too short");
  }
  values.push(data.slice(at, at + length));
  return length;
}
