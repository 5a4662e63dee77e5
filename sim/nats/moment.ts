/** Go's zero time, as JSON. */
export const zeroMoment = "0001-01-01T00:00:00Z";

/** Milliseconds as whole nanoseconds in decimal: more digits than a number holds. */
export function nanosOf(unixMs: number): string {
  const wholeMs = Math.floor(unixMs);
  const nanos = Math.min(999_999, Math.floor((unixMs - wholeMs) * 1e6));
  return `${wholeMs}${String(nanos).padStart(6, "0")}`;
}

/** A moment as Go writes it: RFC 3339 in UTC, fractions of a second without their last zeros. */
export function momentOf(unixMs: number): string {
  const nanos = nanosOf(unixMs);
  const fraction = nanos.slice(-9).replace(/0+$/, "");
  const seconds = new Date(unixMs).toISOString().slice(0, 19);
  return fraction === "" ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}

/** The moment that a text in RFC 3339 names, in ms since the Unix epoch. Undefined when it is none. */
export function parseMoment(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!parts) return undefined;
  const [, seconds, fraction = "", zone] = parts;
  const unixMs = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(unixMs) ? undefined : unixMs + Number(`0${fraction}`) * 1_000;
}
