import { readableMs } from "../../core/mod.ts";
import { cellText } from "../cell.ts";
import { logScale } from "../charts/scales.ts";
import { coordinate, element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import { shapeShares, type ComparedWorld, type StageShape } from "./worlds-comparison.ts";

const width = 960;
const left = 230;
const right = 910;
const stageHeight = 46;
const top = 24;

const tones: Readonly<Record<ComparedWorld, string>> = { sim: "second", local: "first" };

/**
 * How long each stage of the jobs' way took in each world, side by side: thin from 1 to 99 in 100, thick the middle
 * half, and a dot at the median.
 */
export function shapePicture(shapes: readonly StageShape[]): string {
  if (shapes.length === 0) return element("p", {}, "No stage was seen in both worlds.");
  const values = shapes.flatMap(({ sim, local }) => [...sim, ...local]);
  const scale = logScale(Math.min(...values), Math.max(...values));
  const x = (value: number): number => left + scale.place(value) * (right - left);
  const bottom = top + shapes.length * stageHeight;
  const svg = element(
    "svg",
    { viewBox: `0 0 ${width} ${bottom + 26}`, role: "img", class: "plot" },
    element("title", {}, escapeMarkup(shapes.map(inWords).join("; "), 4_000)),
    ...scale.ticks.map((tick) => tickAt(tick, x(tick), bottom)),
    ...shapes.map((shape, index) => drawn(shape, top + index * stageHeight, x)),
  );
  return element("figure", {}, caption(), svg);
}

function caption(): string {
  const keys = (["sim", "local"] as const).map((world) =>
    element("li", {}, element("span", { class: `key ${tones[world]}` }), world),
  );
  const title = "How long the stages of a job's way took: 1 to 99 in 100, the middle half, and the median";
  return element(
    "figcaption",
    {},
    element("span", { class: "title" }, title),
    element("ul", { class: "legend" }, ...keys),
  );
}

function tickAt(value: number, at: number, bottom: number): string {
  return (
    element("path", { class: "grid", d: `M${coordinate(at)} ${top}V${bottom}` }) +
    element("text", { class: "axis", x: at, y: bottom + 17, "text-anchor": "middle" }, cellText({ value, unit: "ms" }))
  );
}

function drawn(shape: StageShape, y: number, x: (value: number) => number): string {
  const label = element(
    "text",
    { class: "lane", x: left - 14, y: y + 25, "text-anchor": "end" },
    escapeMarkup(shape.title),
  );
  return label + box(shape.sim, y + 15, tones.sim, x) + box(shape.local, y + 31, tones.local, x);
}

function box(values: readonly number[], y: number, tone: string, x: (value: number) => number): string {
  const at = (share: (typeof shapeShares)[number]): number => x(values[shapeShares.indexOf(share)] ?? 0);
  const middle = { class: `${tone} steps`, x: at(0.25), width: Math.max(2, at(0.75) - at(0.25)), y: y - 5, height: 10 };
  return [
    element("path", { class: `${tone} line`, d: `M${coordinate(at(0.01))} ${y}H${coordinate(at(0.99))}` }),
    element("rect", middle),
    element("path", { class: `${tone} dots`, d: `M${coordinate(at(0.5))} ${y}h0.01` }),
  ].join("");
}

function inWords({ title, sim, local, counts }: StageShape): string {
  const median = (values: readonly number[]): string => readableMs(values[shapeShares.indexOf(0.5)] ?? 0);
  return `${title}: median ${median(sim)} in sim (${counts.sim}), ${median(local)} in local (${counts.local})`;
}
