import { cellText, type Unit } from "../cell.ts";
import { largest } from "../../statistics/mod.ts";
import { serversNote } from "../servers-note.ts";
import type { Comparison, MeasureRow, Spread } from "./comparison.ts";

/** A measure's verdict in words. */
export function verdictText(row: MeasureRow): string {
  switch (row.verdict) {
    case "better":
    case "worse":
      return `${row.verdict}: ${differenceText(row.interval?.estimate ?? 0)}`;
    case "equivalent":
      return `no difference ${excess(row)} (equivalent within ±${percentText(rangeOf(row))})`;
    case "inconclusive":
      return `inconclusive: ${neededText(row)}`;
    case "not compared":
      return row.because ?? "not compared";
  }
}

/** How much more or less: `12 % higher`, `5.9 times as high`. */
export function differenceText(logRatio: number): string {
  const ratio = Math.exp(logRatio);
  if (ratio >= 2) return `${figure(ratio)} times as high`;
  if (ratio <= 0.5) return `${figure(1 / ratio)} times lower`;
  return `${percentText(Math.abs(ratio - 1))} ${ratio > 1 ? "higher" : "lower"}`;
}

/** A ratio: `×1.04`. */
export function ratioText(logRatio: number | undefined): string {
  if (logRatio === undefined) return "–";
  return `×${figure(Math.exp(logRatio))}`;
}

/** The interval of a ratio: `1.02 to 1.06`. */
export function intervalText({ interval }: Pick<MeasureRow, "interval">): string {
  if (!interval) return "–";
  return `${figure(Math.exp(interval.lower))} to ${figure(Math.exp(interval.upper))}`;
}

/** What A against A may come to: `±3 %`. */
export function floorText({ floor }: Pick<MeasureRow, "floor">): string {
  return floor === undefined ? "–" : `±${percentText(Math.exp(floor) - 1)}`;
}

/** The median, and how far the farthest run is from it: `12.4 ms ±6 %`. */
export function spreadText(spread: Spread | undefined, unit: Unit): string {
  if (!spread) return "–";
  const text = (value: number): string => cellText({ value, unit });
  const { median, least, most } = spread;
  if (least === most) return text(median);
  if (median === 0) return `${text(median)} (up to ${text(most)})`;
  return `${text(median)} ±${percentText(Math.max(most - median, median - least) / median)}`;
}

/** A share as a percentage with two significant digits. */
export function percentText(share: number): string {
  if (share === 0) return "0 %";
  if (share < 0.001) return "<0.1 %";
  return Number.isFinite(share) && share < 100 ? `${Number((100 * share).toPrecision(2))} %` : "more than 10,000 %";
}

/** The measures that could not be compared, by the reason, each group in a sentence. */
export function notComparedSentences(rows: readonly MeasureRow[]): string[] {
  const left = rows.filter(({ verdict }) => verdict === "not compared");
  const groups = Map.groupBy(left, ({ because }) => because ?? "not compared");
  return [...groups].map(
    ([because, group]) => `Not compared: ${group.map(({ title }) => title).join(", ")} (${because}).`,
  );
}

/** The whole comparison in a sentence: failures first, then what differs, then what does not. */
export function comparisonSentences(comparison: Comparison): string[] {
  return [
    ...serversSentence(comparison),
    ...failureSentences(comparison),
    ...notRunSentences(comparison),
    ...interruption(comparison),
    ...lack(comparison),
    ...findings(comparison),
  ];
}

function serversSentence({ servers, machine }: Comparison): string[] {
  const note = serversNote({ servers, machine });
  return note === undefined ? [] : [note];
}

/** Whether any check of any run failed. */
export function hasFailed({ runs }: Pick<Comparison, "runs">): boolean {
  return runs.some(({ failed }) => failed.length > 0);
}

function failureSentences({ runs, a, b }: Comparison): string[] {
  return runs.flatMap(({ failed, side, pair }) =>
    failed.map(({ check, summary }) => {
      return `A check failed with ${side === "b" ? b.name : a.name}, in pair ${pair}: ${check}. ${summary}`;
    }),
  );
}

/** A plane that sometimes does not start is a finding, whatever its other runs measured. */
function notRunSentences({ runs, a, b }: Comparison): string[] {
  return runs.flatMap(({ notRun, side, pair }) => {
    const name = side === "b" ? b.name : a.name;
    return notRun === undefined ? [] : [`A run with ${name} could not be run, in pair ${pair}: ${notRun}`];
  });
}

function interruption({ interrupted, runs, pairs, pairsWanted }: Comparison): string[] {
  if (!interrupted) return [];
  return [`Interrupted after ${runs.length} runs: ${pairs} of ${pairsWanted} pairs are complete.`];
}

function lack({ runs, pairs, pairsWanted, interrupted }: Comparison): string[] {
  const excluded = runs.filter((run) => run.excluded !== undefined && run.notRun === undefined);
  const left = pairs < pairsWanted && !interrupted ? [`Of ${pairsWanted} pairs, ${pairs} count.`] : [];
  return [
    ...excluded.map(({ pair, side, excluded: why }) => `Pair ${pair}, run ${side}, is not used: ${why}`),
    ...left,
  ];
}

function findings({ rows, a, b }: Comparison): string[] {
  const of = (verdict: MeasureRow["verdict"]): string[] => {
    return rows.filter((row) => row.verdict === verdict).map(({ title }) => title);
  };
  const list = (verdict: MeasureRow["verdict"], words: string): string[] => {
    return of(verdict).length === 0 ? [] : [`${words}: ${of(verdict).join(", ")}.`];
  };
  return [
    ...list("better", `${b.name} is better than ${a.name} in`),
    ...list("worse", `${b.name} is worse than ${a.name} in`),
    ...list("equivalent", "No difference that matters in"),
    ...list("inconclusive", "Nothing can be said about"),
  ];
}

function neededText({ needed }: MeasureRow): string {
  return needed === undefined ? "even 500 pairs would not tell" : `about ${needed} pairs would tell`;
}

/** What a difference that does not matter is not: larger than the margin, or even than the noise. */
function excess({ interval }: MeasureRow): string {
  const isSure = interval !== undefined && (interval.lower > 0 || interval.upper < 0);
  return isSure ? "that matters" : "beyond the noise";
}

function rangeOf({ interval }: MeasureRow): number {
  return interval ? Math.exp(largest(interval)) - 1 : 0;
}

/** Three significant digits, as many as such ratios deserve. */
function figure(value: number): string {
  if (!Number.isFinite(value) || value >= 1e4) return "∞";
  return value < 1e-4 ? "0" : `${Number(value.toPrecision(3))}`;
}
