import type { Bytes } from "../bytes.ts";
import { trimmed } from "./floats.ts";
import { Refusal } from "./refusal.ts";

/**
 * The arithmetic of INCRBYFLOAT and HINCRBYFLOAT, which Redis does in C's `long double`.
 *
 * On x86 that has a mantissa of 64 bits. With JavaScript's 53, `0.1 + 0.2` would be another number than there.
 * A number is its mantissa times a power of two.
 */
interface LongDouble {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** What is answered when an operand is no number, or the sum is infinite. */
export interface Complaints {
  readonly left: Refusal;
  readonly right: Refusal;
  readonly endless?: Refusal;
}

const endlessSum = new Refusal("ERR increment would produce NaN or Infinity");

/** The sum of two decimal numbers, written with at most 17 digits behind the point. @throws Refusal */
export function addExactly(left: Bytes, right: Bytes, { left: badLeft, right: badRight, endless }: Complaints): Bytes {
  const [first, second] = [parse(left), parse(right)];
  if (first === undefined) throw badLeft;
  if (second === undefined) throw badRight;
  if (first === "endless" || second === "endless") throw endless ?? endlessSum;
  return format(sum(first, second));
}

const decimal = /^(?<sign>[+-]?)(?<whole>\d*)\.?(?<part>\d*)(?:e(?<power>[+-]?\d+))?$/i;
const infinite = /^[+-]?inf(?:inity)?$/i;
/** Beyond this a long double is zero or infinite. */
const powerMax = 4932;

function parse(text: Bytes): LongDouble | "endless" | undefined {
  if (infinite.test(text)) return "endless";
  const { sign, whole = "", part = "", power = "0" } = decimal.exec(text)?.groups ?? {};
  if (whole + part === "") return undefined;
  const digits = BigInt(`${whole}${part}`) * (sign === "-" ? -1n : 1n);
  const exponent = Number(power) - part.length;
  if (digits !== 0n && Math.abs(exponent + String(digits).length) > powerMax) return undefined;
  return exponent >= 0 ? rounded(digits * 10n ** BigInt(exponent), 0) : quotient(digits, 10n ** BigInt(-exponent));
}

/** A fraction, with enough bits that rounding it to 64 sees whatever follows. */
function quotient(numerator: bigint, denominator: bigint): LongDouble {
  const shift = Math.max(0, bitsOf(denominator) - bitsOf(numerator) + 2 * mantissaBits);
  const scaled = numerator << BigInt(shift);
  const result = scaled / denominator;
  const isExact = result * denominator === scaled;
  return rounded(2n * result + (isExact ? 0n : numerator < 0n ? -1n : 1n), -shift - 1);
}

function sum(left: LongDouble, right: LongDouble): LongDouble {
  const exponent = Math.min(left.exponent, right.exponent);
  const scaled = (each: LongDouble): bigint => each.mantissa << BigInt(each.exponent - exponent);
  return rounded(scaled(left) + scaled(right), exponent);
}

const mantissaBits = 64;

/** To 64 bits; a tie goes to the even neighbour. */
function rounded(mantissa: bigint, exponent: number): LongDouble {
  const excess = bitsOf(mantissa) - mantissaBits;
  if (excess <= 0) return { mantissa, exponent };
  return { mantissa: shiftedRight(mantissa, BigInt(excess)), exponent: exponent + excess };
}

function shiftedRight(value: bigint, bits: bigint): bigint {
  if (value < 0n) return -shiftedRight(-value, bits);
  const floor = value >> bits;
  const [rest, half] = [value - (floor << bits), 1n << (bits - 1n)];
  const isUp = rest > half || (rest === half && floor % 2n === 1n);
  return isUp ? floor + 1n : floor;
}

function bitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}

const decimals = 17;

/** C's `%.17Lf`, without the zeros at its end. */
function format({ mantissa, exponent }: LongDouble): Bytes {
  const scaled = mantissa * 10n ** BigInt(decimals);
  const value = exponent >= 0 ? scaled << BigInt(exponent) : shiftedRight(scaled, BigInt(-exponent));
  const sign = mantissa < 0n ? "-" : "";
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, "0");
  return trimmed(`${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`);
}
