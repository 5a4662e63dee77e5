import { raised } from "../runtime/arithmetic.ts";
import { machine } from "../runtime/machine.ts";
import type { LuaFunction } from "../runtime/table.ts";
import { badArgument, fail, intArgument, numberArgument, wholeNumber } from "./arguments.ts";
import type { Library } from "./library.ts";

/** A function of one number. */
function ofOne(compute: (value: number) => number): LuaFunction {
  return (...args) => compute(numberArgument(args, 1));
}

/** A function of two numbers; the second is looked at first, as compiled C does. */
function ofTwo(compute: (left: number, right: number) => number): LuaFunction {
  return (...args) => {
    const right = numberArgument(args, 2);
    return compute(numberArgument(args, 1), right);
  };
}

function extreme(isBetter: (candidate: number, best: number) => boolean): LuaFunction {
  return (...args) => {
    let best = numberArgument(args, 1);
    for (let place = 2; place <= args.length; place++) {
      const candidate = numberArgument(args, place);
      if (isBetter(candidate, best)) best = candidate;
    }
    return best;
  };
}

const remainder = ofTwo((left, right) => left % right);

/** Redis's own `math.random`. */
const random: LuaFunction = (...args) => {
  const fraction = machine.memory.chance.next();
  if (args.length === 0) return fraction;
  if (args.length > 2) return fail("wrong number of arguments");
  const low = args.length === 1 ? 1 : intArgument(args, 1);
  const high = intArgument(args, args.length);
  if (low > high) badArgument(args.length, "interval is empty");
  return Math.floor(fraction * (high - low + 1)) + low;
};

/** Lua's `math` library. */
export const math: Library = {
  abs: ofOne(Math.abs),
  acos: ofOne(Math.acos),
  asin: ofOne(Math.asin),
  atan: ofOne(Math.atan),
  atan2: ofTwo(Math.atan2),
  ceil: ofOne(Math.ceil),
  cos: ofOne(Math.cos),
  cosh: ofOne(Math.cosh),
  deg: ofOne((value) => value / (Math.PI / 180)),
  exp: ofOne(Math.exp),
  floor: ofOne(Math.floor),
  fmod: remainder,
  mod: remainder,
  frexp: (...args) => fractionAndExponent(numberArgument(args, 1)),
  ldexp: ofTwo((value, exponent) => scaled(value, wholeNumber(exponent) | 0)),
  log: ofOne(Math.log),
  log10: ofOne(Math.log10),
  max: extreme((candidate, best) => candidate > best),
  min: extreme((candidate, best) => candidate < best),
  modf: (...args) => {
    const value = numberArgument(args, 1);
    const whole = Math.trunc(value);
    const isNegative = value < 0 || Object.is(value, -0);
    return [whole, whole === value ? (isNegative ? -0 : 0) : value - whole];
  },
  pow: ofTwo(raised),
  rad: ofOne((value) => value * (Math.PI / 180)),
  random,
  randomseed: (...args) => {
    machine.memory.chance.seed(intArgument(args, 1));
    return [];
  },
  sin: ofOne(Math.sin),
  sinh: ofOne(Math.sinh),
  sqrt: ofOne(Math.sqrt),
  tan: ofOne(Math.tan),
  tanh: ofOne(Math.tanh),
  pi: Math.PI,
  huge: Infinity,
};

function fractionAndExponent(value: number): [number, number] {
  if (value === 0 || !Number.isFinite(value)) return [value, 0];
  let exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(value))) + 1);
  let fraction = scaled(value, -exponent);
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    exponent -= 1;
  }
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    exponent += 1;
  }
  return [fraction, exponent];
}

/** `value * 2^exponent`, in steps that neither overflow nor vanish on the way. */
function scaled(value: number, exponent: number): number {
  let left = Math.max(-2200, Math.min(2200, exponent));
  let result = value;
  for (; left > 1000; left -= 1000) result *= 2 ** 1000;
  for (; left < -1000; left += 1000) result *= 2 ** -1000;
  return result * 2 ** left;
}
