import { coordinate, element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import type { MeasureRow } from "./comparison.ts";
import { differenceText } from "./words.ts";

const width = 960;
const left = 260;
const right = 940;
const rowHeight = 28;
const top = 24;

/** Ratios beyond 64 times stand at the edge. */
const farthest = Math.log(64);

type Ratio = Pick<MeasureRow, "title" | "interval" | "floor">;

/** What is compared with what, and how. */
export interface Ratios {
  readonly rows: readonly Ratio[];
  readonly a: { readonly name: string };
  readonly b: { readonly name: string };
}

/** Each measure's ratio with its interval, and behind it what the noise alone may come to. */
export function ratioPicture({ rows, a, b }: Ratios): string {
  const compared = rows.filter(({ interval }) => interval !== undefined);
  if (compared.length === 0) return element("p", {}, "No measure could be compared.");
  const reach = reachOf(compared);
  const bottom = top + compared.length * rowHeight;
  const alt = `Ratio of ${b.name} to ${a.name}: ${compared.map(inWords).join("; ")}.`;
  const svg = element(
    "svg",
    { viewBox: `0 0 ${width} ${bottom + 26}`, role: "img", class: "plot" },
    element("title", {}, escapeMarkup(alt, 4_000)),
    ...ticks(reach).map((ratio) => tick(ratio, reach, bottom)),
    ...compared.map((row, index) => drawn(row, top + (index + 0.5) * rowHeight, reach)),
  );
  const shaded = compared.some(({ floor }) => floor !== undefined) ? "; shaded: the noise floor" : "";
  const caption = escapeMarkup(`${b.name} as a multiple of ${a.name}${shaded}`);
  return element("figure", {}, element("figcaption", {}, element("span", { class: "title" }, caption)), svg);
}

function drawn({ title, interval, floor = 0 }: Ratio, y: number, reach: number): string {
  if (!interval) return "";
  const [from, at, to] = [interval.lower, interval.estimate, interval.upper].map((each) => coordinate(x(each, reach)));
  const noise = { x: x(-floor, reach), width: x(floor, reach) - x(-floor, reach), y: y - 9, height: 18 };
  return [
    element("g", { class: "band" }, element("rect", noise)),
    element("text", { class: "lane", x: left - 14, y: y + 4, "text-anchor": "end" }, escapeMarkup(title)),
    element("path", { class: "first line", d: `M${from} ${y}H${to}` }),
    element("path", { class: "first dots", d: `M${at} ${y}h0.01` }),
  ].join("");
}

function tick(ratio: number, reach: number, bottom: number): string {
  const at = x(Math.log(ratio), reach);
  const line = element("path", { class: ratio === 1 ? "base" : "grid", d: `M${coordinate(at)} ${top}V${bottom}` });
  return line + element("text", { class: "axis", x: at, y: bottom + 17, "text-anchor": "middle" }, `×${ratio}`);
}

/** As far as the farthest interval that has an end, and 10 % at least. */
function reachOf(rows: readonly Ratio[]): number {
  const ends = rows.flatMap(({ interval, floor = 0 }) => [interval?.lower ?? 0, interval?.upper ?? 0, floor]);
  const finite = ends.map(Math.abs).filter(Number.isFinite);
  return Math.min(farthest, Math.max(Math.log(1.1), ...finite) * 1.05);
}

/** Powers of two where there is room for them, else steps of a few percent. */
function ticks(reach: number): number[] {
  if (reach >= Math.LN2) {
    const powers = Math.floor(reach / Math.LN2);
    return Array.from({ length: 2 * powers + 1 }, (_, index) => 2 ** (index - powers));
  }
  return [0.6, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.25, 1.5, 1.75].filter((ratio) => Math.abs(Math.log(ratio)) <= reach);
}

function x(logRatio: number, reach: number): number {
  const share = (Math.min(reach, Math.max(-reach, logRatio)) + reach) / (2 * reach);
  return left + share * (right - left);
}

function inWords({ title, interval }: Ratio): string {
  return `${title} ${differenceText(interval?.estimate ?? 0)}`;
}
