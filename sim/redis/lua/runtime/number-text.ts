/** A number as Lua writes it, `%.14g`: `1`, `0.1`, `1e+14`, `inf`, `-nan`. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && value > -1e14 && value < 1e14) return Object.is(value, -0) ? "-0" : String(value);
  const shortest = String(value);
  const size = Math.abs(value);
  return shortest.length <= 15 && size >= 1e-4 && size < 1e14 ? shortest : generalText(value, 14);
}

/** A text as it is, a number as Lua writes it. */
export function plainText(value: string | number): string {
  return typeof value === "string" ? value : numberText(value);
}

/** C's `%.<precision>g`. */
export function generalText(value: number, precision: number, keepZeros = false): string {
  if (!Number.isFinite(value)) return infiniteText(value);
  if (value === 0) return zeroText(value, precision, keepZeros);
  const digits = Math.max(1, precision);
  const scientific = scientificText(value, digits - 1);
  const exponent = Number(scientific.slice(scientific.indexOf("e") + 1));
  if (exponent < -4 || exponent >= digits) return keepZeros ? scientific : withoutZeros(scientific);
  const fixed = fixedText(value, digits - 1 - exponent);
  return keepZeros ? fixed : withoutZeros(fixed);
}

/** C's `%.<decimals>e`: at least two digits of exponent. */
export function scientificText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return infiniteText(value);
  const text = signed(
    value,
    evenly(value, (size, more) => size.toExponential(Math.min(100, decimals + more)), decimals),
  );
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

/** C's `%.<decimals>f`. */
export function fixedText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return infiniteText(value);
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}${decimals > 0 ? `.${"0".repeat(decimals)}` : ""}`;
  return signed(
    value,
    evenly(value, (size, more) => size.toFixed(Math.min(100, decimals + more)), decimals),
  );
}

/** On x86 the NaN of an invalid operation has its sign bit set; JavaScript cannot tell the signs apart. */
function infiniteText(value: number): string {
  if (Number.isNaN(value)) return "-nan";
  return value < 0 ? "-inf" : "inf";
}

function zeroText(value: number, precision: number, keepZeros: boolean): string {
  const zeros = keepZeros && precision > 1 ? `0.${"0".repeat(precision - 1)}` : "0";
  return Object.is(value, -0) ? `-${zeros}` : zeros;
}

function signed(value: number, text: string): string {
  return value < 0 || Object.is(value, -0) ? `-${text}` : text;
}

/**
 * JavaScript rounds a tie up, C to the even digit. A tie is a number whose further digits are a 5 and nothing else.
 *
 * @param write - the text with `decimals` and so many more
 */
function evenly(value: number, write: (size: number, more: number) => string, decimals: number): string {
  const size = Math.abs(value);
  const rounded = write(size, 0);
  if (decimals >= 80) return rounded;
  const exact = write(size, 20);
  const [, kept = "", tail = "", exponent = ""] =
    new RegExp(`^(\\d+\\.?\\d{${decimals}})\\.?(\\d{20})(.*)$`).exec(exact) ?? [];
  if (!/^50*$/.test(tail) || !/[02468]\.?$/.test(kept)) return rounded;
  return kept.replace(/\.$/, "") + exponent;
}

function withoutZeros(text: string): string {
  const [digits = "", exponent] = text.split("e");
  const shorter = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
  return exponent === undefined ? shorter : `${shorter}e${exponent}`;
}
