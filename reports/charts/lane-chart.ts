import { readableMs } from "../../core/mod.ts";
import type { Lane, LaneChart, Span } from "../block.ts";
import { counted } from "../cell.ts";
import type { TimeFrame } from "../figures/time-frame.ts";
import { escapeMarkup } from "../plain-text.ts";
import { bandsInWords, picture, plot, timeX } from "./plot.ts";
import { element } from "../markup.ts";

const pitch = 22;
const thickness = 12;

/** As many characters of a lane's name as fit to its left; the full name is its title. */
const nameLongest = 19;

/** Draws states over time as SVG, a lane for each thing that has states. */
export function drawLaneChart(chart: LaneChart, frame: TimeFrame): string {
  const lanes = chart.lanes.map((lane, index) => drawLane(lane, plot.top + 4 + index * pitch, frame));
  return picture(frame, chart.lanes.length * pitch + 4, laneChartAlt(chart, frame), lanes);
}

/** A lane chart in words. */
function laneChartAlt(chart: LaneChart, frame: TimeFrame): string {
  const lanes = chart.lanes.map(({ name, spans }) => `${name}: ${counted(spans.length, "span")}`);
  return `${chart.title} as lanes over time. ${lanes.join("; ")}.${bandsInWords(frame)}`;
}

function drawLane({ name, spans }: Lane, y: number, frame: TimeFrame): string {
  return element(
    "g",
    {},
    element("path", { class: "grid", d: `M${plot.left} ${y + thickness / 2}H${plot.right}` }),
    element(
      "text",
      { class: "lane", x: plot.left - 8, y: y + thickness - 2, "text-anchor": "end" },
      element("title", {}, escapeMarkup(name)) + escapeMarkup(shortened(name)),
    ),
    ...spans.map((span) => drawSpan(span, y, frame)),
  );
}

function drawSpan({ fromMs, toMs, state, tone }: Span, y: number, frame: TimeFrame): string {
  const x = timeX(frame, fromMs);
  const width = Math.max(1, timeX(frame, toMs) - x);
  const words = `${state}, ${readableMs(fromMs)} to ${readableMs(toMs)}`;
  return element(
    "rect",
    { class: `span ${tone}`, x, y, width, height: thickness, rx: 2 },
    element("title", {}, escapeMarkup(words)),
  );
}

/** Keys say most at their end: `cordum:replayer:pending` becomes `…replayer:pending`. */
function shortened(name: string): string {
  if (name.length <= nameLongest) return name;
  const boundary = name.indexOf(":", name.length - nameLongest);
  return `…${boundary === -1 ? name.slice(1 - nameLongest) : name.slice(boundary + 1)}`;
}
