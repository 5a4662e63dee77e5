import { readableMs } from "../../core/mod.ts";
import { table, text, type Block, type TableBlock } from "../block.ts";
import type { Cell } from "../cell.ts";
import { spreadText } from "../comparison/words.ts";
import type { Family } from "./figure.ts";
import { errorText, scenarioSentences, toldRows, worldVerdictText } from "./words.ts";
import type { ComparedScenario, WorldRow, WorldsComparison } from "./worlds-comparison.ts";

/** Headings for {@link worldCells}. */
export const worldColumns = ["figure", "sim", "local", "error", "verdict"] as const;

/** One figure as a row of texts. */
export function worldCells(row: WorldRow): string[] {
  const { title, unit, sim, local } = row;
  return [title, spreadText(sim, unit), spreadText(local, unit), errorText(row), worldVerdictText(row)];
}

/** Families in the order in which they matter, as a heading names them. */
export const families: readonly (readonly [Family, string])[] = [
  ["recovery", "Recovery"],
  ["duplicates", "Duplicates"],
  ["rates", "Rates"],
  ["locks", "Locks and leases"],
  ["latency", "Latency"],
];

/** One scenario as a report says it: sentences, a table of each family, its runs. */
export function scenarioBlocks(scenario: ComparedScenario): Block[] {
  return [
    ...scenarioSentences(scenario).map(text),
    ...families.flatMap(([family, title]) => familyTable(scenario, family, title)),
    runTable(scenario),
  ];
}

/** How the numbers came about, for whoever doubts them. */
export function methodText({ runsWanted, margin, conditions }: WorldsComparison): string {
  return (
    `Each figure is the median of ${runsWanted} runs, and how far the farthest is from it. Runs of one number have the ` +
    `same seed, and so the same arrivals, in both worlds. The error is that of sim, as a share of local. Worlds agree ` +
    `when the 95 % interval of the ratio, over pairs of runs, lies within ±${100 * margin} %, and differ when it leaves ` +
    `out 1 and the difference is larger than that. Simulated with ${conditions}.`
  );
}

function familyTable(scenario: ComparedScenario, family: Family, title: string): TableBlock[] {
  const rows = toldRows(scenario).filter((row) => row.family === family);
  if (rows.length === 0) return [];
  return [
    table(
      title,
      [...worldColumns, "because"],
      rows.map((row): Cell[] => [...worldCells(row), reasonOf(row)]),
    ),
  ];
}

/** What agrees needs no reason, and what differs as expected has it in a sentence above. */
function reasonOf({ verdict, because }: WorldRow): string {
  return verdict === "agree" || verdict === "expected" ? "" : because;
}

function runTable({ runs }: ComparedScenario): TableBlock {
  const rows = runs.map(({ number, world, seed, status, tookMs, lastedMs, folder, traceHash }): Cell[] => [
    ...[`${number}`, world, seed, status, readableMs(tookMs)],
    lastedMs === undefined ? "–" : readableMs(lastedMs),
    folder ?? traceHash ?? "–",
  ]);
  const columns = ["run", "world", "seed", "status", "took", "on its own clock", "folder, or trace hash"];
  return { ...table("Runs, in their order", columns, rows), folded: true };
}
