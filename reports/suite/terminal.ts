import { readableMs } from "../../core/mod.ts";
import { cellText } from "../cell.ts";
import { plain } from "../plain-text.ts";
import { statusAsVerdict, verdictSymbol } from "../status.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Paint } from "../terminal/paint.ts";
import { terminalTable, type Row } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { engineBlocks } from "./engines.ts";
import { suiteNote, suiteSentence, suiteStatus, worstCheck, type Suite } from "./suite.ts";

/** A suite as a table: what came out of each scenario, how long it took, and the check that says most. */
export function renderSuiteTerminal(suite: Suite, { columns, colour, reportPath }: TerminalOptions): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const status = suiteStatus(suite);
  const heading: Row = { cells: ["", "scenario", "status", "lasted", "worst check"], mark: marks.dim };
  const lines = [
    ...wrap(`${verdictSymbol[status]} ${plain(suite.name)}`, width).map((line) =>
      marks.verdict[status](marks.bold(line)),
    ),
    ...wrap(suiteSentence(suite), width - 2).map(indented),
    ...noteLines(suite, marks, width),
    "",
    ...terminalTable(heading, [...runRows(suite, marks), ...brokenRows(suite, marks)], width - 2).map(indented),
    "",
    ...engineLines(suite, marks, width - 2),
    ...toRead(suite, marks),
    ...(reportPath === undefined ? [] : [`  ${marks.dim("report".padEnd(12))}  ${plain(reportPath, 4_000)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function noteLines(suite: Suite, marks: Paint, width: number): string[] {
  return wrap(plain(suiteNote(suite) ?? "", 1_000), width - 2).flatMap((line) =>
    line === "" ? [] : [marks.verdict.unknown(indented(line))],
  );
}

function runRows({ runs }: Suite, marks: Paint): Row[] {
  return runs.map(({ record }) => {
    const status = statusAsVerdict[record.status];
    const cells = [
      verdictSymbol[status],
      record.scenario,
      record.status,
      readableMs(record.lastedMs),
      worstCheck(record),
    ];
    return { cells, ...(status === "pass" ? {} : { mark: marks.verdict[status] }) };
  });
}

function engineLines(suite: Suite, marks: Paint, width: number): string[] {
  const lines = engineBlocks(suite).flatMap((block) => {
    if (block.kind === "text") return wrap(block.text, width);
    if (block.kind !== "table") return [];
    const rows = block.rows.map((cells) => ({ cells: cells.map(cellText) }));
    return [marks.bold(block.caption), ...terminalTable({ cells: block.columns, mark: marks.dim }, rows, width), ""];
  });
  return lines.map(indented);
}

function brokenRows({ broken = [] }: Suite, marks: Paint): Row[] {
  return broken.map(({ scenario, because }) => ({
    cells: [verdictSymbol.unknown, scenario, "not run", "–", because],
    mark: marks.verdict.unknown,
  }));
}

/** The folders of the runs that did not pass, whole, to be copied. */
function toRead({ runs }: Suite, marks: Paint): string[] {
  return runs.flatMap(({ record, path }) =>
    record.status === "passed" || path === undefined
      ? []
      : [`  ${marks.dim(record.status.padEnd(12))}  ${plain(path, 4_000)}`],
  );
}

function indented(line: string): string {
  return `  ${line}`;
}
