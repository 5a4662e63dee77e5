import type { TableBlock } from "../block.ts";
import type { Cell } from "../cell.ts";
import { renderBlock } from "../html/blocks.ts";
import { figure, legendEntry } from "../html/figures.ts";
import { drawBarChart } from "./bar-picture.ts";
import type { BarChart, CapacityBlock, CurveChart } from "./block.ts";
import { drawCurveChart } from "./curve-picture.ts";

/** Capacity has no axis of time. */
const noTime = { endMs: 1, bands: [] };

/** A block as HTML; each picture with a table that says the same. */
export function renderCapacityBlock(block: CapacityBlock): string {
  switch (block.kind) {
    case "curve-chart":
      return figure("curves", block.title, legendOf(block), drawCurveChart(block), curveTwin(block));
    case "bar-chart":
      return figure("bars", block.title, [], drawBarChart(block), barTwin(block));
    case "text":
    case "table":
    case "code":
    case "verdicts":
    case "time-chart":
    case "lane-chart":
      return renderBlock(block, noTime);
  }
}

function legendOf({ curves }: CurveChart): string[] {
  return curves.map(({ name, tone, style }) => legendEntry(name, tone, style, ""));
}

function curveTwin({ title, x, y, curves }: CurveChart): TableBlock {
  const rows = curves.flatMap(({ name, points }) =>
    points.map(([at, value]): Cell[] => [name, { value: at, unit: x.unit }, { value, unit: y.unit }]),
  );
  return { kind: "table", caption: title, columns: ["", x.label, "value"], rows };
}

function barTwin({ title, unit, bars }: BarChart): TableBlock {
  const rows = bars.map(({ name, value }): Cell[] => [name, { value, unit }]);
  return { kind: "table", caption: title, columns: ["", "value"], rows };
}
