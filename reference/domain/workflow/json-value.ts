/** Lists and objects within each other; more would overflow the stack of whoever walks them. */
export const mostDepth = 64;

/** Items of one list: expressions go through lists while the run is locked. */
const mostItems = 10_000;

/** Why a value cannot be kept as JSON: too much of it, or what JSON has no word for. Nothing when it can. */
export function jsonMistake(value: unknown, depth = 0): string | undefined {
  if (depth > mostDepth) return `is nested more than ${mostDepth} deep`;
  if (Array.isArray(value) && value.length > mostItems)
    return `holds a list of ${value.length}; the most is ${mostItems}`;
  if (Array.isArray(value)) return firstMistake(value, depth);
  if (isPlainObject(value)) return firstMistake(Object.values(value), depth);
  const isScalar = value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
  return isScalar ? undefined : `holds what is not JSON: ${nameOf(value)}`;
}

/** An object of fields, not a list, and of no class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function firstMistake(values: readonly unknown[], depth: number): string | undefined {
  for (const value of values) {
    const mistake = jsonMistake(value, depth + 1);
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

/** What a value is that JSON has no word for: `undefined`, `bigint`, `NaN`, `Date`. */
export function nameOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  return typeof value === "object" && value !== null ? value.constructor.name : typeof value;
}

/** How long the longest list within a value is. */
export function longestList(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const values: unknown[] = Object.values(value);
  return values.reduce<number>(
    (longest, each) => Math.max(longest, longestList(each)),
    Array.isArray(value) ? values.length : 0,
  );
}
