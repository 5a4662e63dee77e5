import { readableMs } from "../core/mod.ts";

/** What a number counts. */
export type Unit = "ms" | "count" | "per second" | "percent";

/** A number with its unit: formatted by the renderers, exact in the JSON. */
export interface Quantity {
  readonly value: number;
  readonly unit: Unit;
}

/** One cell of a table. A missing number is a word that says why. */
export type Cell = string | Quantity;

/** A length of time, or a moment of the run. */
export function inMs(value: number | undefined, missing = "–"): Cell {
  return value === undefined ? missing : { value, unit: "ms" };
}

/** How many. */
export function count(value: number): Quantity {
  return { value, unit: "count" };
}

/** A rate. */
export function perSecond(value: number): Quantity {
  return { value, unit: "per second" };
}

/** A share of a whole; of nothing, it is unknown. */
export function share(part: number, whole: number): Cell {
  return whole === 0 ? "–" : { value: (100 * part) / whole, unit: "percent" };
}

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

const format: Record<Unit, (value: number) => string> = {
  ms: readableMs,
  count: (value) => grouped.format(value),
  "per second": (value) => `${grouped.format(value)}/s`,
  percent: (value) => `${value > 0 && value < 0.1 ? "<0.1" : grouped.format(value)} %`,
};

/** A quantity as people read it: `3.2 ms`, `4,912`, `98.2/s`, `1.2 %`. */
export function cellText(cell: Cell): string {
  return typeof cell === "string" ? cell : format[cell.unit](cell.value);
}

/** A count with its noun: `1 job`, `4,912 jobs`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${grouped.format(value)} ${value === 1 ? noun : plural}`;
}
