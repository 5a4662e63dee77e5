import type { CapacityRecord, Comparison, ComparisonRow, FigureUnit, Spread } from "../../capacity/mod.ts";
import type { VerdictStatus } from "../../core/mod.ts";
import { cellText } from "../cell.ts";

const unitText: Readonly<Record<FigureUnit, (value: number) => string>> = {
  "per second": (value) => cellText({ value: rounded(value), unit: "per second" }),
  ms: (value) => cellText({ value, unit: "ms" }),
  count: (value) => cellText({ value, unit: "count" }),
  bytes: (value) => `${cellText({ value: rounded(value), unit: "count" })} B`,
  cores: (value) => `${Number(value.toPrecision(2))}`,
};

const symbols = { holds: "✔", optimistic: "▲", pessimistic: "▼" } as const;

/** A figure as people read it. */
export function figureText(value: number, unit: FigureUnit): string {
  return unitText[unit](value);
}

/** A prediction with its error and the word for it: `320/s +16 % ▲ optimistic`; `–` where there is none. */
export function predictionText(comparison: Comparison | undefined, unit: FigureUnit): string {
  if (!comparison) return "–";
  const { predicted, word, withinSpread } = comparison;
  const spread = withinSpread && word !== "holds" ? `${word}, within the spread` : word;
  return [figureText(predicted, unit), errorText(comparison), symbols[word], spread].filter(Boolean).join(" ");
}

/** The same with symbols for words, for where there is little room. See {@link symbolLegend}. */
export function shortPredictionText(comparison: Comparison | undefined, unit: FigureUnit): string {
  if (!comparison) return "–";
  const { predicted, word, withinSpread } = comparison;
  const spread = withinSpread && word !== "holds" ? "~" : "";
  return [figureText(predicted, unit), errorText(comparison), symbols[word] + spread].filter(Boolean).join(" ");
}

/** What the symbols stand for. */
export function symbolLegend(holdsWithinPercent: number): string {
  const { holds, optimistic, pessimistic } = symbols;
  return `${holds} holds (within ${holdsWithinPercent} %, or 1 ms of wait)  ${optimistic} optimistic  ${pessimistic} pessimistic  ~ within the spread`;
}

/** The model's prediction, or why it has none. */
export function modelText({ model, modelInWords, unit }: ComparisonRow): string {
  return modelInWords ?? predictionText(model, unit);
}

/** `277/s`, and of several measurements also the least and the most: `277/s (255–311/s)`. */
export function measuredText({ median, min, max }: Spread, unit: FigureUnit): string {
  const middle = figureText(median, unit);
  const [least, most] = [figureText(min, unit), figureText(max, unit)];
  if (least === most) return middle;
  const unitOf = (text: string): string => text.replace(/^[\d.,]+/, "");
  return `${middle} (${unitOf(least) === unitOf(most) ? least.replace(unitOf(least), "") : least}–${most})`;
}

/** The error in percent, with its sign; nothing where the difference means nothing. */
function errorText({ errorPercent }: Comparison): string {
  if (errorPercent === undefined) return "";
  if (Math.abs(errorPercent) >= 1_000) return errorPercent > 0 ? ">+999 %" : "<-999 %";
  const percent = Math.round(errorPercent);
  return percent === 0 ? "±0 %" : `${percent > 0 ? "+" : "−"}${Math.abs(percent)} %`;
}

/** A capacity run's status as the verdict that it amounts to. */
export const verdictOf: Readonly<Record<CapacityRecord["status"], VerdictStatus>> = {
  passed: "pass",
  failed: "fail",
  inconclusive: "unknown",
};

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : value;
}
