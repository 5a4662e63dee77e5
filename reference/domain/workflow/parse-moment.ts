import type { Fields } from "./fields.ts";

const rfc3339 =
  /^(?<date>\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** A field that holds a moment as RFC 3339 has it, such as `2030-01-31T08:00:00Z`; as Unix time. */
export function parseMoment(fields: Fields, key: string): number | undefined {
  const text = fields.text(key, 64);
  if (text === undefined) return undefined;
  const date = rfc3339.exec(text)?.groups?.["date"];
  if (date !== undefined && isDate(date)) return Date.parse(text);
  fields.mistakes.add(fields.at(key), `"${text}" is no moment; one looks like "2030-01-31T08:00:00Z"`);
  return undefined;
}

/** Without this, February 30 would be taken for March 2. */
function isDate(date: string): boolean {
  const unixMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(unixMs) && new Date(unixMs).toISOString().startsWith(date);
}
