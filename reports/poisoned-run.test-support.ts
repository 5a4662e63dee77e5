import type { RunData } from "./run-data.ts";
import { sampleRun } from "./sample-run.test-support.ts";

/** Properties whose values are fixed words of the vocabulary; every other text may hold anything. */
const vocabulary = new Set(["kind", "op", "outcome", "phase", "guard", "decision", "status", "end", "role"]);

/** Everything that means something in one of the formats, or moves a terminal's cursor. */
export const poison =
  "</script><script>alert(1)</script><img src=x onerror=alert(2)>]]>--><!--\"'&amp;&#0;" +
  "|`x``y`[click](javascript:alert(3)) *b* _i_ ## $z$\r\n\u001b[2J\u001b]0;title\u0007\u0000\u009b31m\u202eevil\ud800\uffff";

/** A sample run in which every name, key, error, title and setting carries poison. */
export function poisonedRun(): RunData {
  return poisoned(sampleRun({ operations: 60 }), "") as RunData;
}

function poisoned(value: unknown, property: string): unknown {
  if (typeof value === "string") return vocabulary.has(property) ? value : value + poison;
  if (Array.isArray(value)) return value.map((each) => poisoned(each, property));
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [`${key}${poison}`, poisoned(each, "")]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [renamed(key, property), poisoned(each, key)]));
}

/** The keys of these objects are data as well. */
function renamed(key: string, property: string): string {
  return property === "tuning" || property === "cluster" ? `${key}${poison}` : key;
}
