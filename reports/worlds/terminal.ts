import { readableMs } from "../../core/mod.ts";
import { plain } from "../plain-text.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Mark, type Paint } from "../terminal/paint.ts";
import { terminalTable, type Row } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { families, methodText, worldCells, worldColumns } from "./blocks.ts";
import { scenarioSentences, toldRows, worldsNotes } from "./words.ts";
import type { ComparedScenario, WorldRow, WorldsComparison } from "./worlds-comparison.ts";

/** The comparison of worlds for a terminal: for each scenario what came out, then its figures, family by family. */
export function renderWorldsTerminal(
  comparison: WorldsComparison,
  { columns, colour, reportPath }: TerminalOptions,
): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const { name, seed, tuning, lastedMs, runsWanted, scenarios } = comparison;
  const facts = `${runsWanted} runs in each world, tuning ${tuning}, seed ${seed}, ${readableMs(lastedMs)}`;
  const lines = [
    marks.bold(plain(`${name}: sim against local`)),
    ...below(facts, width).map(marks.dim),
    ...worldsNotes(comparison).flatMap((note) => below(note, width).map(marks.verdict.unknown)),
    ...scenarios.flatMap((scenario) => ["", ...scenarioLines(scenario, marks, width)]),
    "",
    ...below(methodText(comparison), width).map(marks.dim),
    "",
    `  ${marks.dim("again")}   ${plain(comparison.reproduce, 4_000)}`,
    ...(reportPath === undefined ? [] : [`  ${marks.dim("report")}  ${plain(reportPath, 4_000)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function scenarioLines(scenario: ComparedScenario, marks: Paint, width: number): string[] {
  return [
    `  ${marks.bold(plain(scenario.scenario))}`,
    ...scenarioSentences(scenario).flatMap((sentence) => below(sentence, width)),
    "",
    ...figureTable(scenario, marks, width),
  ];
}

function figureTable(scenario: ComparedScenario, marks: Paint, width: number): string[] {
  const told = toldRows(scenario);
  const rows = families.flatMap(([family]) => told.filter((row) => row.family === family));
  if (rows.length === 0) return [];
  const heading: Row = { cells: worldColumns, mark: marks.dim };
  return terminalTable(
    heading,
    rows.map((row) => rowOf(row, marks, width)),
    width - 2,
  ).map((line) => `  ${line}`);
}

/** What is expected was explained above; why the worlds really differ, or one has nothing, stands below the row. */
function rowOf(row: WorldRow, marks: Paint, width: number): Row {
  const cells = worldCells(row);
  if (row.verdict === "agree") return { cells };
  const mark = markOf(row, marks);
  if (row.verdict === "expected" || row.verdict === "unclear") return { cells, mark };
  return { cells, mark, below: wrap(plain(row.because), width - 6).map((line) => `  ${line}`) };
}

function markOf({ verdict }: WorldRow, { verdict: colours, dim }: Paint): Mark {
  if (verdict === "differ") return colours.fail;
  return verdict === "one world" ? colours.unknown : dim;
}

function below(text: string, width: number): string[] {
  return wrap(plain(text, 2_000), width - 2).map((line) => `  ${line}`);
}
