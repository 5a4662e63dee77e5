import { cellText } from "../cell.ts";
import { plot } from "../charts/plot.ts";
import { linearScale } from "../charts/scales.ts";
import { coordinate, element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import type { BarChart } from "./block.ts";

const pitch = 20;
const thickness = 12;

/** More bars than this are no picture any more: the table has all of them. */
const barsMost = 32;

/** Draws a bar for each thing as SVG. */
export function drawBarChart({ title, unit, bars, bound }: BarChart): string {
  const shown = bars.slice(0, barsMost);
  const scale = linearScale(Math.max(bound?.value ?? 0, ...shown.map(({ value }) => value)));
  const x = (value: number): number => plot.left + scale.place(value) * (plot.right - plot.left - 60);
  const bottom = plot.top + shown.length * pitch;
  const words = shown.map(({ name, value }) => `${name} ${cellText({ value, unit })}`).join("; ");
  const drawn = shown.map(({ name, value, tone }, index) => {
    const y = plot.top + index * pitch;
    return (
      element("text", { class: "lane", x: plot.left - 8, y: y + 10, "text-anchor": "end" }, escapeMarkup(name)) +
      element("rect", {
        class: `span ${tone}`,
        x: plot.left,
        y,
        width: Math.max(1, x(value) - plot.left),
        height: thickness,
        rx: 2,
      }) +
      element("text", { class: "axis", x: x(value) + 6, y: y + 10 }, escapeMarkup(cellText({ value, unit })))
    );
  });
  return element(
    "svg",
    { viewBox: `0 0 ${plot.width} ${bottom + 6}`, role: "img", class: "plot" },
    element("title", {}, escapeMarkup(`${title}: ${words}.`, 2_000)),
    ...drawn,
    ...(bound ? [boundLine(x(bound.value), bottom, bound.label)] : []),
  );
}

function boundLine(x: number, bottom: number, label: string): string {
  return (
    element("path", { class: "bound", d: `M${coordinate(x)} ${plot.top - 4}V${bottom}` }) +
    element("text", { class: "bound-label", x: x + 5, y: plot.top - 8 }, escapeMarkup(label))
  );
}
