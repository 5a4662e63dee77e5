import { isPlainObject, mostDepth, nameOf } from "./json-value.ts";

/** Values within one result: an expression can nest a list in each of its own items. */
const mostValues = 100_000;

/**
 * What an expression gave, as JSON: its integers are BigInts, and its timestamps dates.
 *
 * @throws Error - if JSON has no word for it, or it is too large
 */
export function expressionValue(value: unknown): unknown {
  let left = mostValues;
  return convert(value, 0);

  function convert(each: unknown, depth: number): unknown {
    if (depth > mostDepth) throw new Error(`the result is nested more than ${mostDepth} deep`);
    if (--left < 0) throw new Error(`the result has more than ${mostValues} values`);
    if (Array.isArray(each)) return each.map((item) => convert(item, depth + 1));
    if (!isPlainObject(each)) return scalar(each);
    return Object.fromEntries(Object.entries(each).map(([key, field]) => [key, convert(field, depth + 1)]));
  }
}

function scalar(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return wholeNumber(value);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Error(`the result is ${nameOf(value)}, which is not JSON`);
}

function wholeNumber(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new Error(`the result ${value} is beyond 2^53`);
}
