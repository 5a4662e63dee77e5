import type { CapacityRecord, ComparisonRow, ConfigurationResult } from "../../capacity/mod.ts";
import { plain } from "../plain-text.ts";
import { verdictSymbol } from "../status.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Paint } from "../terminal/paint.ts";
import { terminalTable, type Row } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { fewSamples, kneeSentence } from "./bus-section.ts";
import { overviewFigures, rowNamed } from "./row-named.ts";
import { measuredText, shortPredictionText, symbolLegend, verdictOf } from "./words.ts";

/** The answer first, then what every bus carries, then all figures of the one that the answer speaks of. */
export function renderCapacityTerminal(
  record: CapacityRecord,
  { columns, colour, reportPath }: TerminalOptions,
): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const [first] = record.configurations;
  const lines = [
    ...opening(record, width, marks),
    ...(record.configurations.length > 1 ? ["", ...overview(record, width, marks)] : []),
    ...(first ? ["", ...figures(first, width, marks)] : []),
    "",
    ...wrap(symbolLegend(record.plan.measure.holdsWithinPercent), width - 2).map((line) => `  ${marks.dim(line)}`),
    "",
    `  ${marks.dim("again")}   ${plain(record.reproduce, 4_000)}`,
    ...(reportPath === undefined ? [] : [`  ${marks.dim("report")}  ${plain(reportPath, 4_000)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function opening({ status, answer, complaints, plan }: CapacityRecord, width: number, marks: Paint): string[] {
  const verdict = verdictOf[status];
  const word = marks.verdict[verdict](marks.bold(`${verdictSymbol[verdict]} ${status.toUpperCase()}`));
  const below = (text: string): string[] => wrap(plain(text, 1_000), width - 2).map((line) => `  ${line}`);
  return [
    ...below(answer.sentence).map((line) => marks.bold(line.slice(2))),
    `${word}  ${plain(plan.title)}`,
    ...complaints.flatMap(below).map(marks.verdict[verdict]),
  ];
}

function overview({ configurations }: CapacityRecord, width: number, marks: Paint): string[] {
  const heading: Row = { cells: ["carried for ever", "formula", "model", "measured"], mark: marks.dim };
  const rows = configurations.map((each): Row => {
    const row = rowNamed(each, overviewFigures.carried);
    const { name } = each.configuration;
    return row ? { cells: [name, ...cellsOf(row)] } : { cells: [name, "–", "–", "nothing was carried"] };
  });
  return terminalTable(heading, rows, width - 2).map((line) => `  ${line}`);
}

function figures(result: ConfigurationResult, width: number, marks: Paint): string[] {
  const heading: Row = { cells: [result.configuration.name, "formula", "model", "measured"], mark: marks.dim };
  const rows = result.rows.map((row) => ({ cells: [row.figure, ...cellsOf(row)] }));
  const remarks = [kneeSentence(result.knee), ...fewSamples(result)].flatMap((each) => wrap(plain(each), width - 2));
  return [...terminalTable(heading, rows, width - 2), "", ...remarks].map((line) => (line === "" ? "" : `  ${line}`));
}

function cellsOf(row: ComparisonRow): string[] {
  const { formula, model, modelInWords, measured, unit } = row;
  return [
    shortPredictionText(formula, unit),
    modelInWords ?? shortPredictionText(model, unit),
    measuredText(measured, unit),
  ];
}
