const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?\d+))?$/;
const unusual = /^([+-]?)(inf|infinity|nan)$/i;

/**
 * The number that a text stands for, as C's `strtod` reads it for Lua: decimal or hexadecimal, with blanks around it;
 * also `inf` and `nan`. A zero byte ends the text.
 */
export function parseNumber(text: string): number | undefined {
  const end = text.indexOf("\0");
  const trimmed = (end < 0 ? text : text.slice(0, end)).replace(/^[ \t-\r]+|[ \t-\r]+$/g, "");
  if (decimal.test(trimmed)) return Number(trimmed);
  return hexadecimalNumber(trimmed) ?? unusualNumber(trimmed);
}

function hexadecimalNumber(text: string): number | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] = hexadecimal.exec(text) ?? [];
  if (sign === undefined || whole + fraction === "") return undefined;
  const digits = Number(BigInt(`0x${whole}${fraction}`));
  const value = digits * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === "-" ? -value : value;
}

function unusualNumber(text: string): number | undefined {
  const [, sign, word] = unusual.exec(text) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === "nan") return NaN;
  return sign === "-" ? -Infinity : Infinity;
}
