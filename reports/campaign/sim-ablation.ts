import { readableMs } from "../../core/mod.ts";
import { counted } from "../cell.ts";
import { plain } from "../plain-text.ts";
import { usableWidth, type TerminalOptions } from "../terminal.ts";
import { paint, type Paint } from "../terminal/paint.ts";
import { terminalTable, type Row } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";

/** What became of a simulated plane without one of its safeguards, over many seeds. */
export interface SimAblationRow {
  readonly safeguard: string;
  readonly scenario: string;
  /** The check that went red first, or those that should have. */
  readonly check: string;
  /** The first seed that gave it away; missing when none did. */
  readonly firstSeed?: number;
  /** In how many of the seeds that were tried. */
  readonly caughtIn: number;
  readonly tried: number;
  /** How the runs without the safeguard ended. */
  readonly counts?: Readonly<Record<"passed" | "failed" | "broken" | "inconclusive", number>>;
  /** Real time until that seed was done. */
  readonly firstAfterMs?: number;
  /** Whether it counts: caught, and everything green over the same seeds with every safeguard in place. */
  readonly caught: boolean;
  /** What gave it away, or why it does not count. */
  readonly detail: string;
  /** The command that does the run of {@link firstSeed} again. */
  readonly reproduce?: string;
}

/** The ablation of a simulated plane for a terminal: what was not caught comes first. */
export function renderSimAblation(rows: readonly SimAblationRow[], { columns, colour }: TerminalOptions): string {
  const width = usableWidth(columns);
  const marks = paint(colour);
  const ordered = rows.toSorted((a, b) => Number(a.caught) - Number(b.caught));
  const heading: Row = { cells: ["", "safeguard left out", "scenario", "seed", "caught in", "after"], mark: marks.dim };
  const table = terminalTable(
    heading,
    ordered.map((row) => tableRow(row, marks, width)),
    width - 2,
  );
  return `${[...wrap(sentenceOf(rows), width), "", ...table.map((line) => `  ${line}`)].join("\n")}\n`;
}

function sentenceOf(rows: readonly SimAblationRow[]): string {
  if (rows.length === 0) return "No safeguard was left out.";
  const missed = rows.filter(({ caught }) => !caught).length;
  const all = counted(rows.length, "safeguard");
  const seeds = "Column seed: the first that gave it away; caught in: of those that were tried.";
  if (missed > 0) return `Without ${missed} of ${all}, nothing shows that a loss would be noticed. ${seeds}`;
  return `Without ${rows.length === 1 ? "the" : "each of"} ${all}, a check goes red. ${seeds}`;
}

function tableRow(row: SimAblationRow, marks: Paint, width: number): Row {
  const { safeguard, scenario, check, firstSeed, caughtIn, tried, firstAfterMs, caught, detail, reproduce } = row;
  const cells = [
    caught ? "✔" : "✘",
    safeguard,
    scenario,
    firstSeed === undefined ? "–" : `${firstSeed}`,
    `${caughtIn} of ${tried}`,
    firstAfterMs === undefined ? "–" : readableMs(firstAfterMs),
  ];
  const below = wrap(plain(`${check}: ${detail}`), width - 7).map((line) => `     ${line}`);
  if (reproduce !== undefined) below.push(`     ${plain(reproduce)}`);
  return { cells, below, ...(caught ? {} : { mark: marks.verdict.fail }) };
}
