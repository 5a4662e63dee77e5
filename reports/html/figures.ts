import type { LaneChart, TableBlock, TimeChart, Tone } from "../block.ts";
import { drawLaneChart } from "../charts/lane-chart.ts";
import { element } from "../markup.ts";
import { drawTimeChart } from "../charts/time-chart.ts";
import type { TimeFrame } from "../figures/time-frame.ts";
import { escapeMarkup } from "../plain-text.ts";
import { laneChartTwin, renderTable, timeChartTwin } from "./tables.ts";

/** A legend with more entries explains nothing. */
const legendMax = 12;

/** A time chart with its title, its legend, and a table that says the same. */
export function timeChartFigure(chart: TimeChart, frame: TimeFrame): string {
  const legend = chart.series.map(({ name, tone, style }) => legendEntry(name, tone, style, element("output", {})));
  return figure("numbers", chart.title, legend, drawTimeChart(chart, frame), timeChartTwin(chart));
}

/** A lane chart likewise. */
export function laneChartFigure(chart: LaneChart, frame: TimeFrame): string {
  const states = new Map<string, Tone>();
  for (const { state, tone } of chart.lanes.flatMap(({ spans }) => spans)) states.set(state, tone);
  const legend = [...states].slice(0, legendMax).map(([state, tone]) => legendEntry(state, tone, "lane", ""));
  return figure("lanes", chart.title, legend, drawLaneChart(chart, frame), laneChartTwin(chart));
}

/** Any picture with its title, its legend, and a table that says the same. */
export function figure(kind: string, title: string, legend: readonly string[], svg: string, twin: TableBlock): string {
  return element(
    "figure",
    { class: kind },
    element(
      "figcaption",
      {},
      element("span", { class: "title" }, escapeMarkup(title)),
      element("ul", { class: "legend" }, ...legend, element("li", { class: "moment" })),
    ),
    element("div", { class: "scroll" }, svg),
    element("details", {}, element("summary", {}, "As a table"), renderTable(twin)),
  );
}

/** What a colour means. */
export function legendEntry(name: string, tone: Tone, style: string, readout: string): string {
  return element("li", {}, element("span", { class: `key ${style} ${tone}` }), escapeMarkup(name, 60), " ", readout);
}
