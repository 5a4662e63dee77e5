import { hash } from "node:crypto";

/** SHA-256 of a JSON value, whatever the order of its fields: two requests with one digest ask for the same. */
export function requestDigest(request: unknown): string {
  return hash("sha256", JSON.stringify(request, withSortedFields), "hex");
}

function withSortedFields(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
