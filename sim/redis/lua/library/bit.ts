import type { LuaFunction } from "../runtime/table.ts";
import { numberArgument } from "./arguments.ts";
import type { Library } from "./library.ts";

const word = new Float64Array(1);
const halves = new Int32Array(word.buffer);

/** A number as BitOp takes it: 1.5 * 2^52 is added, which rounds it, and the low word of the sum are the bits. */
function bitsOf(value: number): number {
  if (value === (value | 0)) return value | 0;
  word[0] = value + 6755399441055744;
  return halves[0] ?? 0;
}

function bitsArgument(args: Parameters<LuaFunction>, position: number): number {
  return bitsOf(numberArgument(args, position));
}

function fold(combine: (left: number, right: number) => number): LuaFunction {
  return (...args) => {
    let result = bitsArgument(args, 1);
    for (let place = 2; place <= args.length; place++) result = combine(result, bitsArgument(args, place));
    return result | 0;
  };
}

function shift(move: (bits: number, count: number) => number): LuaFunction {
  return (...args) => {
    const bits = bitsArgument(args, 1);
    return move(bits, bitsArgument(args, 2) & 31) | 0;
  };
}

/** Mike Pall's BitOp: everything is a signed 32-bit number. */
export const bit: Library = {
  tobit: (...args) => bitsArgument(args, 1),
  bnot: (...args) => ~bitsArgument(args, 1),
  band: fold((left, right) => left & right),
  bor: fold((left, right) => left | right),
  bxor: fold((left, right) => left ^ right),
  lshift: shift((bits, count) => bits << count),
  rshift: shift((bits, count) => bits >>> count),
  arshift: shift((bits, count) => bits >> count),
  rol: shift((bits, count) => (bits << count) | (bits >>> ((32 - count) & 31))),
  ror: shift((bits, count) => (bits >>> count) | (bits << ((32 - count) & 31))),
  bswap: (...args) => {
    const bits = bitsArgument(args, 1);
    return (bits << 24) | ((bits & 0xff00) << 8) | ((bits >>> 8) & 0xff00) | (bits >>> 24);
  },
  tohex: (...args) => {
    const bits = bitsArgument(args, 1);
    const wanted = args.length < 2 ? 8 : bitsArgument(args, 2);
    const digits = Math.min(8, Math.abs(wanted));
    const text = (bits >>> 0)
      .toString(16)
      .padStart(8, "0")
      .slice(8 - digits);
    return wanted < 0 ? text.toUpperCase() : text;
  },
};
