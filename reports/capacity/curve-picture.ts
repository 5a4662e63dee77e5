import { cellText } from "../cell.ts";
import { plot } from "../charts/plot.ts";
import { linearScale, logScale, type Scale } from "../charts/scales.ts";
import { coordinate, element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import type { Curve, CurveChart } from "./block.ts";

const height = 220;
const bottom = plot.top + height;

/** Draws numbers over numbers as SVG. The same chart gives the same text, to the byte. */
export function drawCurveChart(chart: CurveChart): string {
  const drawing = drawingOf(chart);
  return element(
    "svg",
    { viewBox: `0 0 ${plot.width} ${bottom + plot.below + 16}`, role: "img", class: "plot" },
    element("title", {}, escapeMarkup(inWords(chart), 2_000)),
    ...drawing.yScale.ticks.map((tick) => lineAcross(drawing, tick)),
    ...drawing.xScale.ticks.map((tick) => tickBelow(drawing, tick)),
    element("path", { class: "base", d: `M${plot.left} ${bottom}H${plot.right}` }),
    element(
      "text",
      { class: "axis", x: plot.right, y: bottom + 34, "text-anchor": "end" },
      escapeMarkup(chart.x.label),
    ),
    ...chart.curves.map((curve) => drawn(drawing, curve)),
    ...chart.marks.map((mark, index) => markLine(drawing, mark, index)),
    boundLine(drawing),
  );
}

interface Drawing {
  readonly chart: CurveChart;
  readonly xScale: Scale;
  readonly yScale: Scale;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function drawingOf(chart: CurveChart): Drawing {
  const points = chart.curves.flatMap((curve) => curve.points);
  const xs = [...points.map(([x]) => x), ...chart.marks.map((mark) => mark.x)];
  const ys = [...points.map(([, y]) => y), ...(chart.bound ? [chart.bound.value] : [])];
  const xScale = linearScale(most(xs));
  const yScale =
    chart.y.scale === "log" ? logScale(Math.max(1, Math.min(...ys, Infinity)), most(ys)) : linearScale(most(ys));
  return {
    ...{ chart, xScale, yScale },
    x: (value) => plot.left + xScale.place(value) * (plot.right - plot.left),
    y: (value) => plot.top + height * (1 - yScale.place(value)),
  };
}

function lineAcross({ chart, y }: Drawing, tick: number): string {
  const label = escapeMarkup(cellText({ value: tick, unit: chart.y.unit }));
  return (
    element("path", { class: "grid", d: `M${plot.left} ${coordinate(y(tick))}H${plot.right}` }) +
    element("text", { class: "axis", x: plot.left - 8, y: y(tick) + 4, "text-anchor": "end" }, label)
  );
}

function tickBelow({ chart, x }: Drawing, tick: number): string {
  const label = escapeMarkup(cellText({ value: tick, unit: chart.x.unit }));
  const anchor = x(tick) > plot.right - 30 ? "end" : "middle";
  return (
    element("path", { class: "tick", d: `M${coordinate(x(tick))} ${bottom}v4` }) +
    element("text", { class: "axis", x: x(tick), y: bottom + 17, "text-anchor": anchor }, label)
  );
}

function drawn({ x, y }: Drawing, { points, style, tone }: Curve): string {
  const places = points.map(([at, value]) => `${coordinate(x(at))} ${coordinate(y(value))}`);
  const d = style === "line" ? `M${places.join("L")}` : places.map((place) => `M${place}h0`).join("");
  return points.length === 0 ? "" : element("path", { class: `${style} ${tone}`, d });
}

/** Labels of marks that stand close to each other stand below each other. */
function markLine({ x }: Drawing, { label, x: at }: CurveChart["marks"][number], index: number): string {
  const place = x(at);
  const anchor = place > (plot.left + plot.right) / 2 ? "end" : "start";
  const beside = place + (anchor === "end" ? -5 : 5);
  return (
    element("path", { class: "bound", d: `M${coordinate(place)} ${plot.top}V${bottom}` }) +
    element(
      "text",
      { class: "bound-label", x: beside, y: plot.top + 12 + index * 14, "text-anchor": anchor },
      escapeMarkup(label),
    )
  );
}

function boundLine({ chart: { bound }, y }: Drawing): string {
  if (!bound) return "";
  const at = y(bound.value);
  return (
    element("path", { class: "bound", d: `M${plot.left} ${coordinate(at)}H${plot.right}` }) +
    element("text", { class: "bound-label", x: plot.left + 6, y: at - 5 }, escapeMarkup(bound.label))
  );
}

function inWords({ title, x, y, curves, marks }: CurveChart): string {
  const lines = curves.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return `${name} without values`;
    const place = ([at, value]: readonly [number, number]): string =>
      `${cellText({ value, unit: y.unit })} at ${cellText({ value: at, unit: x.unit })}`;
    return `${name} from ${place(first)} to ${place(last)}`;
  });
  const marked = marks.map(({ label }) => ` A line marks the ${label}.`).join("");
  return `${title}: ${lines.join("; ")}.${marked}`;
}

function most(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), 0);
}
