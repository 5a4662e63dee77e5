import { nearestNames, UsageError } from "../../core/mod.ts";

/** A table of a policy, read key by key: what nobody asked for is a mistake. */
export interface Fields {
  /** Where it stands: `budgets[0]`; empty for the policy itself. */
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * A table with no other keys than these.
 *
 * @throws UsageError with the nearest keys.
 */
export function fieldsOf(value: unknown, path: string, known: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw mistake(path, "is no table", `its keys are ${known.join(", ")}`);
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const nearest = nearestNames(key, known);
    const way = nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : `its keys are ${known.join(", ")}`;
    throw mistake(path, `has an unknown key "${key}"`, way);
  }
  return { path, values: value as Readonly<Record<string, unknown>> };
}

/** The tables of a list; none when it is missing. */
export function listOf<Item>(fields: Fields, key: string, read: (item: unknown, path: string) => Item): Item[] {
  const value = fields.values[key] ?? [];
  const path = pathOf(fields, key);
  if (!Array.isArray(value)) throw mistake(path, "is no list", "write one entry a line, each after a dash");
  return value.map((item: unknown, index) => read(item, `${path}[${index}]`));
}

/** A text; numbers count as such. */
export function textOf(fields: Fields, key: string): string | undefined {
  const value = fields.values[key];
  if (value === undefined || typeof value === "string") return value;
  if (typeof value === "number") return `${value}`;
  throw mistake(pathOf(fields, key), "is no text", "write it on one line");
}

/** A whole number in a range. */
export function countOf(fields: Fields, key: string, range: { from: number; to: number; otherwise: number }): number {
  const { from, to, otherwise } = range;
  const value = fields.values[key] ?? otherwise;
  if (typeof value === "number" && Number.isInteger(value) && value >= from && value <= to) return value;
  throw mistake(pathOf(fields, key), `is no whole number from ${from} to ${to}`, `leave it out for ${otherwise}`);
}

/** One of several words. */
export function choiceOf<Choice extends string>(fields: Fields, key: string, choices: readonly Choice[]): Choice {
  const text = textOf(fields, key);
  const [first] = choices;
  const found = text === undefined ? first : choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw unknownWord(pathOf(fields, key), text ?? "", choices);
}

/** @returns the mistake of a name that does not exist, with the nearest ones */
export function unknownWord(path: string, typed: string, known: readonly string[]): UsageError {
  const nearest = nearestNames(typed, known);
  return mistake(path, `is unknown: "${typed}"`, `did you mean ${(nearest.length > 0 ? nearest : known).join(", ")}?`);
}

/** A mistake in a policy, by its place. */
export function mistake(path: string, what: string, hint: string): UsageError {
  return new UsageError(`The policy${path === "" ? "" : `'s ${path}`} ${what}`, hint);
}

/** Where a key stands. */
export function pathOf({ path }: Fields, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
