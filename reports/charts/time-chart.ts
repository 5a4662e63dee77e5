import type { Series, TimeChart } from "../block.ts";
import { cellText } from "../cell.ts";
import type { TimeFrame } from "../figures/time-frame.ts";
import { escapeMarkup } from "../plain-text.ts";
import { bandsInWords, picture, plot, timeX } from "./plot.ts";
import { linearScale, logScale, type Scale } from "./scales.ts";
import { coordinate, element } from "../markup.ts";

const height = 180;

/** Draws numbers over time as SVG. The same chart gives the same text, to the byte. */
export function drawTimeChart(chart: TimeChart, frame: TimeFrame): string {
  const scale = scaleOf(chart);
  const drawing = { chart, frame, y: (value: number) => plot.top + height * (1 - scale.place(value)) };
  return picture(frame, height, timeChartAlt(chart, frame), [
    ...gridLines(drawing, scale),
    ...chart.series.map((series) => drawSeries(drawing, series)),
    ...bound(drawing),
  ]);
}

/** A time chart in words. */
function timeChartAlt(chart: TimeChart, frame: TimeFrame): string {
  const lines = chart.series.map((series) => {
    const values = known(series);
    const quantity = (value: number): string => cellText({ value, unit: chart.unit });
    return values.length === 0
      ? `${series.name} without values`
      : `${series.name} from ${quantity(least(values))} to ${quantity(most(values))}`;
  });
  const limit = chart.bound ? ` A line marks the ${chart.bound.label}.` : "";
  return `${chart.title}: ${lines.join("; ")}.${limit}${bandsInWords(frame)}`;
}

interface Drawing {
  readonly chart: TimeChart;
  readonly frame: TimeFrame;
  readonly y: (value: number) => number;
}

function scaleOf({ series, scale, bound: across }: TimeChart): Scale {
  const values = [...series.flatMap(known), ...(across ? [across.value] : [])];
  return scale === "log" ? logScale(least(values), most(values)) : linearScale(most(values));
}

function gridLines({ chart, y }: Drawing, scale: Scale): string[] {
  return scale.ticks.flatMap((tick) => [
    element("path", { class: "grid", d: `M${plot.left} ${coordinate(y(tick))}H${plot.right}` }),
    element(
      "text",
      { class: "axis", x: plot.left - 8, y: y(tick) + 4, "text-anchor": "end" },
      escapeMarkup(cellText({ value: tick, unit: chart.unit })),
    ),
  ]);
}

function drawSeries(drawing: Drawing, series: Series): string {
  const draw = { line: drawLine, steps: drawSteps, dots: drawDots }[series.style];
  return draw(drawing, series);
}

function drawLine({ chart, frame, y }: Drawing, { values, tone }: Series): string {
  let pen = "M";
  const d = values.map((value, index) => {
    if (value === null) {
      pen = "M";
      return "";
    }
    const point = `${pen}${coordinate(timeX(frame, middle(chart, index)))} ${coordinate(y(value))}`;
    pen = "L";
    // A value without neighbours would have no line to be part of: it gets a dot, by way of a round cap.
    return isKnown(values[index - 1]) || isKnown(values[index + 1]) ? point : `${point}h0`;
  });
  return element("path", { class: `line ${tone}`, d: d.join("") });
}

function drawSteps({ chart, frame, y }: Drawing, { values, tone }: Series): string {
  const floor = coordinate(y(0));
  const d = values.map((value, index) => {
    const [from, to] = [chart.atMs[index] ?? 0, (chart.atMs[index] ?? 0) + chart.bucketMs];
    const top = coordinate(y(value ?? 0));
    return `${index === 0 ? `M${coordinate(timeX(frame, from))} ${floor}` : ""}V${top}H${coordinate(timeX(frame, to))}`;
  });
  return element("path", { class: `steps ${tone}`, d: `${d.join("")}V${floor}` });
}

function drawDots({ chart, frame, y }: Drawing, { values, tone }: Series): string {
  const dots = values.map((value, index) =>
    value === null ? "" : `M${coordinate(timeX(frame, middle(chart, index)))} ${coordinate(y(value))}h0`,
  );
  return element("path", { class: `dots ${tone}`, d: dots.join("") });
}

function bound({ chart: { bound: across }, y }: Drawing): string[] {
  if (!across) return [];
  const at = y(across.value);
  return [
    element("path", { class: "bound", d: `M${plot.left} ${coordinate(at)}H${plot.right}` }),
    element(
      "text",
      { class: "bound-label", x: plot.right, y: at - 5, "text-anchor": "end" },
      escapeMarkup(across.label),
    ),
  ];
}

function middle({ atMs, bucketMs }: TimeChart, index: number): number {
  return (atMs[index] ?? 0) + bucketMs / 2;
}

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}

function known({ values }: Series): number[] {
  return values.filter(isKnown);
}

function most(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), 0);
}

function least(values: readonly number[]): number {
  return values.reduce((min, value) => Math.min(min, value), values[0] ?? 0);
}
