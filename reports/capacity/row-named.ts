import type { ComparisonRow, ConfigurationResult } from "../../capacity/mod.ts";

/** The rows that an overview shows, by what their figure begins with. */
export const overviewFigures = {
  pods: "pods",
  carried: "throughput, this traffic",
  promised: "load within",
} as const;

/** A configuration's row whose figure begins so; undefined where nothing was measured for it. */
export function rowNamed({ rows }: ConfigurationResult, beginning: string): ComparisonRow | undefined {
  return rows.find(({ figure }) => figure.startsWith(beginning));
}
