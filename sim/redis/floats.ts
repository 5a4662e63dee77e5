import type { Bytes } from "../bytes.ts";
import { notAFloat, type Refusal } from "./refusal.ts";

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const infinite = /^(?<sign>[+-]?)inf(?:inity)?$/i;
const hexadecimal = /^(?<sign>[+-]?)0x(?<whole>[\da-f]*)\.?(?<part>[\da-f]*)(?:p(?<exponent>[+-]?\d+))?$/i;

/** Reads a number as C's `strtod` does, which must take the whole text. Overflow gives an infinity. */
export function parseFloatStrictly(text: Bytes): number | undefined {
  if (decimal.test(text)) return Number(text);
  const endless = infinite.exec(text)?.groups;
  if (endless) return endless["sign"] === "-" ? -Infinity : Infinity;
  const groups = hexadecimal.exec(text)?.groups;
  return groups && parseHexadecimal(groups);
}

/** An argument that must be a number: one that is too large or too small for a double is none. @throws Refusal */
export function floatOf(text: Bytes, otherwise: Refusal = notAFloat): number {
  const value = parseFloatStrictly(text);
  if (value === undefined) throw otherwise;
  const outOfRange = !Number.isFinite(value) ? !infinite.test(text) : value === 0 && /^[^e]*[1-9]/i.test(text);
  if (outOfRange) throw otherwise;
  return value;
}

/** A double as Redis 7.0 writes a score: C's `%.17g`. */
export function formatFloat(value: number): Bytes {
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? "-0" : String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const [digits = "", power = ""] = halfToEven(value, digitCount).split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= digitCount) return withExponent(digits, exponent);
  return trimmed(fixed(digits, exponent));
}

const digitCount = 17;

/** JavaScript rounds a tie up, C to even. A tie shows in a few more digits, as no double has a nearly-tie there. */
function halfToEven(value: number, count: number): string {
  const rounded = value.toExponential(count - 1);
  const [longer = ""] = value.toExponential(count + 24).split("e");
  const digits = longer.replace(/^-/, "");
  const isTie = /^50*$/.test(digits.slice(count + 1));
  if (!isTie || Number(digits[count]) % 2 === 1) return rounded;
  return `${value < 0 ? "-" : ""}${digits.slice(0, count + 1)}e${rounded.split("e")[1]}`;
}

function withExponent(digits: string, exponent: number): string {
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${trimmed(digits)}e${exponent < 0 ? "-" : "+"}${size}`;
}

/** Moves the point of `d.ddd` by the exponent. */
function fixed(digits: string, exponent: number): string {
  const sign = digits.startsWith("-") ? "-" : "";
  const all = digits.replace("-", "").replace(".", "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${all}`;
  return `${sign}${all.slice(0, exponent + 1)}.${all.slice(exponent + 1)}`;
}

/** Without the zeros at the end of a fraction. */
export function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0*$/, "") : text;
}

function parseHexadecimal(groups: Readonly<Record<string, string | undefined>>): number | undefined {
  const { sign, whole = "", part = "", exponent = "0" } = groups;
  if (whole === "" && part === "") return undefined;
  const magnitude = Number(`0x${whole}${part}`) * 2 ** (Number(exponent) - 4 * part.length);
  return sign === "-" ? -magnitude : magnitude;
}
