import { isDuration, ms } from "../../core/mod.ts";
import type { MeasureDefinition } from "../../reports/mod.ts";
import { mistake } from "./policy-fields.ts";

type Unit = MeasureDefinition["unit"];

const examples: Readonly<Record<Unit, string>> = {
  ms: "a duration such as 250ms",
  "per second": "a rate such as 100/s",
  count: "a whole number",
  percent: "a percentage such as 10 %",
};

/**
 * An amount above zero, in the unit of its measure; a count may be zero.
 *
 * @throws UsageError for another unit, and for zero or less.
 */
export function amountIn(unit: Unit, text: string, path: string): number {
  const value = parse(unit, text);
  const least = unit === "count" ? 0 : Number.MIN_VALUE;
  if (value !== undefined && value >= least) return value;
  throw mistake(path, `is "${text}"`, `write ${examples[unit]}, above zero`);
}

/** A share written as a percentage above zero: `25 %` is 0.25. */
export function shareIn(text: string, path: string): number {
  return amountIn("percent", text, path) / 100;
}

/** Whether a text is written as a percentage. */
export function isPercentage(text: string): boolean {
  return text.trim().endsWith("%");
}

function parse(unit: Unit, text: string): number | undefined {
  switch (unit) {
    case "ms":
      return isDuration(text) ? ms(text) : undefined;
    case "per second":
      return numberBefore(/^(\d+(?:\.\d+)?)\/s$/, text);
    case "count":
      return numberBefore(/^(\d+)$/, text);
    case "percent":
      return numberBefore(/^(\d+(?:\.\d+)?) ?%$/, text);
  }
}

function numberBefore(pattern: RegExp, text: string): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
