import { fewestPairs } from "../../statistics/mod.ts";
import { table, text, type Block, type TableBlock } from "../block.ts";
import type { Cell } from "../cell.ts";
import type { Comparison, MeasureRow } from "./comparison.ts";
import {
  comparisonSentences,
  floorText,
  intervalText,
  notComparedSentences,
  ratioText,
  spreadText,
  verdictText,
} from "./words.ts";

/** The comparison as a report says it: sentences, the table of measures, and what it rests on. */
export function comparisonBlocks(comparison: Comparison): Block[] {
  return [
    ...comparisonSentences(comparison).map(text),
    measureTable(comparison),
    ...notComparedSentences(comparison.rows).map(text),
    text(methodText(comparison)),
    differenceTable(comparison),
    runTable(comparison),
    { kind: "code", code: comparison.reproduce },
  ];
}

/** The headings of {@link measureCells}. */
export function measureColumns({ a, b }: Pick<Comparison, "a" | "b">): string[] {
  return ["measure", a.name, b.name, "ratio", "95 % interval", "noise floor", "verdict"];
}

/** One measure as a row of texts. */
export function measureCells(row: MeasureRow): string[] {
  const { title, unit, a, b, interval } = row;
  return [
    title,
    spreadText(a, unit),
    spreadText(b, unit),
    ratioText(interval?.estimate),
    intervalText(row),
    floorText(row),
    verdictText(row),
  ];
}

function measureTable(comparison: Comparison): TableBlock {
  const columns = measureColumns(comparison);
  const compared = comparison.rows.filter(({ verdict }) => verdict !== "not compared");
  return table(
    "Measures: the median of the runs, and how far the farthest is from it",
    columns,
    compared.map(measureCells),
  );
}

/** How the numbers came about, for whoever doubts them. */
export function methodText({ pairs, rows, a, margin, pace }: Comparison): string {
  const again = rows.reduce((most, { noisePairs = 0 }) => Math.max(most, noisePairs), 0);
  const floor =
    again === 0
      ? "The noise was not measured."
      : `The noise floor is what ${a.name} against itself stays below 19 times of 20, from ${again} pairs of it.`;
  return (
    `${pairs} pairs of runs, interleaved, the two of a pair with the same arrivals; scenario times are ${pace} times the ` +
    `documented ones for both. The ratio is the geometric mean over pairs; its interval is the bootstrap's over runs, and ` +
    `at least Student's. ${floor} Differences within ±${100 * margin} % do not matter.${smallNumbers(pairs)}`
  );
}

function smallNumbers(pairs: number): string {
  const fewest = fewestPairs(0.05);
  if (pairs >= fewest) return "";
  return ` With fewer than ${fewest} pairs the interval leans on Student's t: a permutation test could not reach 5 %.`;
}

/** The settings in which the two differ. */
function differenceTable({ a, b }: Comparison): TableBlock {
  const names = [...new Set([...Object.keys(a.variables), ...Object.keys(b.variables)])].toSorted();
  const rows = names
    .filter((name) => a.variables[name] !== b.variables[name])
    .map((name): Cell[] => [name, a.variables[name] ?? "default", b.variables[name] ?? "default"]);
  return table("Settings in which they differ", ["setting", a.name, b.name], rows);
}

function runTable({ runs, a, b }: Comparison): TableBlock {
  const rows = runs.map(({ pair, side, seed, status, folder, excluded }): Cell[] => {
    const name = side === "b" ? b.name : side === "a" ? a.name : `${a.name} again`;
    return [`${pair}`, name, seed, status, excluded ?? "used", folder ?? "–"];
  });
  return { ...table("Runs, in their order", ["pair", "tuning", "seed", "status", "", "folder"], rows), folded: true };
}
