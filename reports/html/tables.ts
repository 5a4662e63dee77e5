import type { LaneChart, TableBlock, TimeChart } from "../block.ts";
import { cellText, type Cell } from "../cell.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";

/** A picture's twin has no more rows than this: beyond it, the embedded data is the better source. */
const twinRowsMax = 400;

/** A cell with more characters may wrap. */
const longCell = 36;

/** A table with its caption; numbers stand under each other. */
export function renderTable({ caption, columns, rows }: TableBlock): string {
  const numeric = columns.map((_, index) => isNumeric(rows.map((row) => row[index])));
  const align = (index: number): string | undefined => (numeric[index] ? "number" : undefined);
  const head = columns.map((name, index) => element("th", { scope: "col", class: align(index) }, escapeMarkup(name)));
  const body = rows.map((row) => element("tr", {}, ...row.map((cell, index) => renderCell(cell, align(index)))));
  return element(
    "div",
    { class: "scroll" },
    element(
      "table",
      {},
      element("caption", {}, escapeMarkup(caption)),
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...body),
    ),
  );
}

/** The numbers of a time chart as a table. */
export function timeChartTwin(chart: TimeChart): TableBlock {
  const rows = chart.atMs.map((at, index): Cell[] => [
    { value: Math.max(0, at), unit: "ms" },
    ...chart.series.map(({ values }) => cellOf(values[index] ?? null, chart)),
  ]);
  return bounded({
    kind: "table",
    caption: chart.title,
    columns: ["from", ...chart.series.map(({ name }) => name)],
    rows,
  });
}

/** The spans of a lane chart as a table. */
export function laneChartTwin(chart: LaneChart): TableBlock {
  const rows = chart.lanes.flatMap(({ name, spans }) =>
    spans.map(({ state, fromMs, toMs }): Cell[] => [
      name,
      state,
      { value: fromMs, unit: "ms" },
      { value: toMs, unit: "ms" },
    ]),
  );
  return bounded({ kind: "table", caption: chart.title, columns: ["lane", "state", "from", "to"], rows });
}

function isNumeric(cells: readonly (Cell | undefined)[]): boolean {
  return cells.some((cell) => typeof cell === "object") || cells.every((cell) => cell === "–");
}

function bounded(whole: TableBlock): TableBlock {
  if (whole.rows.length <= twinRowsMax) return whole;
  return {
    ...whole,
    caption: `${whole.caption}: the first ${twinRowsMax} of ${whole.rows.length} rows`,
    rows: whole.rows.slice(0, twinRowsMax),
  };
}

function cellOf(value: number | null, { unit }: TimeChart): Cell {
  return value === null ? "–" : { value, unit };
}

function renderCell(cell: Cell, align: string | undefined): string {
  const content = cellText(cell);
  return element("td", { class: content.length > longCell ? "long" : align }, escapeMarkup(content));
}
