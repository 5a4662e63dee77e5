import { readableMs } from "../../core/mod.ts";
import { plain } from "../plain-text.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Mark, type Paint } from "../terminal/paint.ts";
import { terminalTable, type Row } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { measureCells, measureColumns, methodText } from "./blocks.ts";
import type { Comparison, MeasureRow } from "./comparison.ts";
import { comparisonSentences, hasFailed, notComparedSentences, verdictText } from "./words.ts";

/** The comparison for a terminal: what failed first, then the table, its verdicts under each row. */
export function renderComparisonTerminal(
  comparison: Comparison,
  { columns, colour, reportPath }: TerminalOptions,
): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const { a, b, scenario, lastedMs, runs, seed } = comparison;
  const failed = hasFailed(comparison) ? marks.verdict.fail : (text: string): string => text;
  const facts = `${scenario}, seed ${seed}, ${runs.length} runs in ${readableMs(lastedMs)}`;
  const lines = [
    marks.bold(plain(`${a.name} against ${b.name}`)),
    ...below(facts, width).map(marks.dim),
    "",
    ...comparisonSentences(comparison).flatMap((sentence) => below(sentence, width).map(failed)),
    "",
    ...measureTable(comparison, marks, width),
    ...notComparedSentences(comparison.rows).flatMap((sentence) => below(sentence, width).map(marks.dim)),
    "",
    ...below(methodText(comparison), width).map(marks.dim),
    "",
    `  ${marks.dim("again")}   ${plain(comparison.reproduce, 4_000)}`,
    ...(reportPath === undefined ? [] : [`  ${marks.dim("report")}  ${plain(reportPath, 4_000)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function measureTable(comparison: Comparison, marks: Paint, width: number): string[] {
  const columns = measureColumns(comparison).slice(0, -1);
  const compared = comparison.rows.filter(({ verdict }) => verdict !== "not compared");
  const rows = compared.map((row): Row => {
    const mark = markOf(row, marks);
    return { cells: measureCells(row).slice(0, -1), below: verdictLines(row, mark, width) };
  });
  return terminalTable({ cells: columns, mark: marks.dim }, rows, width - 2).map((line) => `  ${line}`);
}

function verdictLines(row: MeasureRow, mark: Mark, width: number): string[] {
  return wrap(plain(verdictText(row)), width - 6).map((line) => mark(`  ${line}`));
}

function markOf({ verdict }: MeasureRow, { verdict: colours, dim }: Paint): Mark {
  if (verdict === "better") return colours.pass;
  return verdict === "worse" ? colours.fail : dim;
}

function below(text: string, width: number): string[] {
  return wrap(plain(text, 2_000), width - 2).map((line) => `  ${line}`);
}
