import { count, counted, type Cell } from "./cell.ts";
import { markdownTable } from "./markdown/blocks.ts";
import { joinWithin } from "./markdown/document.ts";
import { escapeMarkdown } from "./markdown/escape.ts";
import type { ServersKind } from "../core/mod.ts";
import { plain } from "./plain-text.ts";
import { serversNoteOf } from "./servers-note.ts";
import { usableWidth, type TerminalOptions } from "./terminal.ts";
import { paint, type Paint } from "./terminal/paint.ts";
import { wrap } from "./terminal/width.ts";
import { terminalTable, type Row } from "./terminal/table.ts";

/** What became of a plane without one of its safeguards. */
export interface AblationRow {
  readonly safeguard: string;
  readonly scenario: string;
  /** The check that went red, or those that should have. */
  readonly check: string;
  /** Runs until it was caught, or in all. */
  readonly attempts: number;
  readonly caught: boolean;
  /** What gave it away. */
  readonly detail: string;
  /** What the servers of its runs were. @defaultValue "real" */
  readonly servers?: ServersKind;
}

/** The ablation table for a terminal: what was not caught comes first; under each row stands what gave it away. */
export function renderAblationTable(rows: readonly AblationRow[], { columns, colour }: TerminalOptions): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const ordered = uncaughtFirst(rows);
  const heading: Row = { cells: ["", "safeguard left out", "scenario", "runs"], mark: marks.dim };
  const table = terminalTable(
    heading,
    ordered.map((row) => terminalRow(row, marks, width)),
    width - 2,
  );
  const body = rows.length === 0 ? [] : ["", ...table.map((line) => `  ${line}`)];
  return `${[...wrap(ablationSentence(rows), width), ...body].join("\n")}\n`;
}

/** The ablation table as Markdown. */
export function renderAblationMarkdown(rows: readonly AblationRow[]): string {
  const cells = uncaughtFirst(rows).map((row): Cell[] => {
    const { safeguard, scenario, check, attempts, detail } = row;
    return [symbol(row), safeguard, scenario, check, count(attempts), detail];
  });
  const columns = ["", "left out", "scenario", "check", "runs", "what gave it away"];
  return joinWithin([
    escapeMarkdown(ablationSentence(rows)),
    ...(rows.length === 0 ? [] : [markdownTable({ columns, rows: cells })]),
  ]);
}

function ablationSentence(rows: readonly AblationRow[]): string {
  const note = serversNoteOf(rows);
  return note === undefined ? resultSentence(rows) : `${note} ${resultSentence(rows)}`;
}

function resultSentence(rows: readonly AblationRow[]): string {
  if (rows.length === 0) return "No safeguard was left out.";
  const missed = rows.filter((row) => !row.caught).length;
  const all = counted(rows.length, "safeguard");
  if (missed === 0) return `Without ${rows.length === 1 ? "the" : "each of"} ${all}, a check goes red.`;
  return `Without ${missed} of ${all}, every check stays green: nothing shows that a loss would be noticed.`;
}

function uncaughtFirst(rows: readonly AblationRow[]): AblationRow[] {
  return rows.toSorted((a, b) => Number(a.caught) - Number(b.caught));
}

function terminalRow(row: AblationRow, marks: Paint, width: number): Row {
  const { safeguard, scenario, check, attempts, detail } = row;
  const below = wrap(plain(`${check}: ${detail}`), width - 7).map((line) => `     ${line}`);
  const mark = row.caught ? {} : { mark: marks.verdict.fail };
  return { cells: [symbol(row), safeguard, scenario, `${attempts}`], below, ...mark };
}

function symbol({ caught }: AblationRow): string {
  return caught ? "✔" : "✘";
}
