import { plain } from "../plain-text.ts";
import type { Mark } from "./paint.ts";
import { padEnd, textWidth, wrap } from "./width.ts";

const gap = "  ";

/** No column is squeezed further than this. */
const columnLeast = 8;

/** A row, and how to mark all of it. */
export interface Row {
  readonly cells: readonly string[];
  /** Lines under the row, across all columns. */
  readonly below?: readonly string[];
  readonly mark?: Mark;
}

/** Lays rows out in columns that fit a width: the widest columns give way, and their cells wrap. */
export function terminalTable(heading: Row, rows: readonly Row[], width: number): string[] {
  const all = [heading, ...rows].map((row) => ({ ...row, cells: row.cells.map((cell) => plain(cell)) }));
  const widths = fit(
    heading.cells.map((_, index) => all.reduce((most, { cells }) => Math.max(most, textWidth(cells[index] ?? "")), 1)),
    width,
  );
  return all.flatMap(({ cells, below = [], mark = (text) => text }) => [...layRow(cells, widths), ...below].map(mark));
}

function layRow(cells: readonly string[], widths: readonly number[]): string[] {
  const wrapped = widths.map((width, index) => wrap(cells[index] ?? "", width));
  const height = wrapped.reduce((most, lines) => Math.max(most, lines.length), 1);
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, index) => padEnd(wrapped[index]?.[line] ?? "", width))
      .join(gap)
      .trimEnd(),
  );
}

function fit(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const room = width - gap.length * (widths.length - 1);
  let excess = widths.reduce((sum, each) => sum + each, 0) - room;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const current = widths[widest] ?? 0;
    if (current <= columnLeast) break;
    widths[widest] = current - 1;
    excess -= 1;
  }
  return widths;
}
