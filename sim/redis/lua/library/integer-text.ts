/** A whole number in a text, as C's `strtoul` reads it: blanks around it, a sign, `0x` before digits of base 16. */
export function parseInteger(text: string, radix: number): number | undefined {
  const [, sign, prefix, digits = ""] =
    /^[ \t-\r]*([+-]?)(0[xX](?=[0-9a-fA-F]))?([0-9a-zA-Z]+)[ \t-\r]*$/.exec(text) ?? [];
  const known = prefix !== undefined && radix !== 16 ? prefix + digits : digits;
  let value = 0;
  for (const digit of known) {
    const worth = Number.parseInt(digit, 36);
    if (worth >= radix) return undefined;
    value = value * radix + worth;
  }
  if (digits === "") return undefined;
  return sign === "-" && value > 0 ? 2 ** 64 - value : value;
}
