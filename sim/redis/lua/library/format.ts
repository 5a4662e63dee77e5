import { fixedText, generalText, scientificText } from "../runtime/number-text.ts";
import { badArgument, fail, integerArgument, numberArgument, stringArgument, type Arguments } from "./arguments.ts";
import { unsignedBits } from "./floats.ts";

/** What stands between `%` and its letter. */
interface Spec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

const directive = /%(?:(%)|([-+ #0]*)(\d{0,2})(\.\d{0,2})?([^]?))/g;

/** Lua's `string.format`, which is C's `printf` for single arguments. */
export function format(...args: Arguments[number][]): string {
  const template = stringArgument(args, 1);
  let position = 1;
  const write = (_: string, percent: string | undefined, flags = "", width = "", dots = "", letter = ""): string => {
    if (percent !== undefined) return percent;
    position += 1;
    if (position > args.length) badArgument(position, "no value");
    if (flags.length > 5) fail("invalid format (repeated flags)");
    if (/\d/.test(letter)) fail("invalid format (width or precision too long)");
    const precision = dots === "" ? undefined : Number(dots.slice(1));
    return formatted(letter, { flags, width: Number(width), precision }, args, position);
  };
  return template.replace(directive, write);
}

function formatted(letter: string, spec: Spec, args: Arguments, position: number): string {
  if (letter === "d" || letter === "i") return signedWhole(spec, integerArgument(args, position));
  if (letter === "s") return text(spec, args, position);
  if (letter === "q") return quoted(stringArgument(args, position));
  if (letter === "c") return character(spec, args, position);
  if (/^[ouxX]$/.test(letter)) return unsignedWhole(letter, spec, numberArgument(args, position));
  if (/^[eEfgG]$/.test(letter)) return fractional(letter, spec, numberArgument(args, position));
  return fail(`invalid option '%${letter}' to 'format'`);
}

/** A zero byte ends the text that `sprintf` makes. */
function character(spec: Spec, args: Arguments, position: number): string {
  const char = String.fromCharCode(integerArgument(args, position) & 255);
  return padded(char, spec).replace(/\0[^]*$/, "");
}

function text(spec: Spec, args: Arguments, position: number): string {
  const value = stringArgument(args, position);
  if (spec.precision === undefined && value.length >= 100) return value;
  const end = value.indexOf("\0");
  const shown = end < 0 ? value : value.slice(0, end);
  return padded(spec.precision === undefined ? shown : shown.slice(0, spec.precision), spec);
}

function signedWhole(spec: Spec, value: number): string {
  const digits = wholeDigits(BigInt(Math.abs(value)).toString(), spec);
  return zeroFilled(signOf(value < 0, spec), digits, spec, spec.precision === undefined);
}

function unsignedWhole(letter: string, spec: Spec, value: number): string {
  const bits = unsignedBits(value);
  const radix = { o: 8, u: 10, x: 16, X: 16 }[letter] ?? 10;
  let digits = wholeDigits(bits.toString(radix), spec);
  const isMarked = spec.flags.includes("#") && bits !== 0n;
  if (letter === "o" && isMarked && !digits.startsWith("0")) digits = `0${digits}`;
  const shown = zeroFilled(isMarked && radix === 16 ? "0x" : "", digits, spec, spec.precision === undefined);
  return letter === "X" ? shown.toUpperCase() : shown;
}

/** The precision of a whole number is its least number of digits; none at all are needed for a zero. */
function wholeDigits(digits: string, { precision }: Spec): string {
  return precision === 0 && digits === "0" ? "" : digits.padStart(precision ?? 1, "0");
}

function fractional(letter: string, spec: Spec, value: number): string {
  const precision = spec.precision ?? 6;
  const keepsPoint = spec.flags.includes("#");
  const size = Math.abs(value);
  const isNegative = value < 0 || Object.is(value, -0) || Number.isNaN(value);
  let digits = fractionDigits(letter.toLowerCase(), size, precision, keepsPoint);
  if (keepsPoint && Number.isFinite(value) && !digits.includes(".")) digits = digits.replace(/^\d+/, "$&.");
  const shown = zeroFilled(signOf(isNegative, spec), digits, spec, Number.isFinite(value));
  return letter === "E" || letter === "G" ? shown.toUpperCase() : shown;
}

function fractionDigits(letter: string, size: number, precision: number, keepsZeros: boolean): string {
  if (Number.isNaN(size)) return "nan";
  if (letter === "e") return scientificText(size, precision);
  return letter === "f" ? fixedText(size, precision) : generalText(size, precision, keepsZeros);
}

function signOf(isNegative: boolean, { flags }: Spec): string {
  if (isNegative) return "-";
  if (flags.includes("+")) return "+";
  return flags.includes(" ") ? " " : "";
}

/** With the flag `0`, zeros between sign and digits fill the width. */
function zeroFilled(sign: string, digits: string, spec: Spec, isAllowed: boolean): string {
  const fills = isAllowed && spec.flags.includes("0") && !spec.flags.includes("-");
  return fills ? sign + digits.padStart(spec.width - sign.length, "0") : padded(sign + digits, spec);
}

function padded(shown: string, { flags, width }: Spec): string {
  return flags.includes("-") ? shown.padEnd(width) : shown.padStart(width);
}

/** A text as Lua source. */
function quoted(value: string): string {
  const escaped = value
    .replace(/["\\\n]/g, "\\$&")
    .replaceAll("\r", "\\r")
    .replaceAll("\0", "\\000");
  return `"${escaped}"`;
}
