import { readableMs } from "../../core/mod.ts";
import type { Band, TimeFrame } from "../figures/time-frame.ts";
import { escapeMarkup } from "../plain-text.ts";
import { timeTicks, timeTickText } from "./scales.ts";
import { coordinate, element } from "../markup.ts";

/** Every picture has the same width and margins, so that one moment stands at one place down the whole page. */
export const plot = { width: 960, left: 124, right: 944, top: 20, below: 26 } as const;

/** Where a moment of the run stands. */
export function timeX(frame: TimeFrame, at: number): number {
  const share = Math.min(1, Math.max(0, at / frame.endMs));
  return plot.left + share * (plot.right - plot.left);
}

/**
 * A picture over the time of the run: fault windows behind, then what is drawn, then the axis and the cursor's line.
 *
 * @param height Of the part that is drawn in, without the axis.
 * @param alt What the picture shows, for those who cannot see it.
 */
export function picture(frame: TimeFrame, height: number, alt: string, drawn: readonly string[]): string {
  const bottom = plot.top + height;
  const content = [
    element("title", {}, escapeMarkup(alt, 2_000)),
    ...bands(frame, bottom),
    ...timeAxis(frame, bottom),
    ...drawn,
    element("line", { class: "cursor", x1: -9, x2: -9, y1: plot.top, y2: bottom }),
  ];
  return element(
    "svg",
    { viewBox: `0 0 ${plot.width} ${bottom + plot.below}`, role: "img", class: "plot" },
    ...content,
  );
}

/** What all pictures shade, in words. */
export function bandsInWords(frame: TimeFrame): string {
  if (frame.bands.length === 0) return "";
  return ` Shaded fault windows: ${frame.bands.map(bandText).join("; ")}.`;
}

function bandText({ name, fromMs, toMs }: Band): string {
  return `${name} from ${readableMs(fromMs)} to ${readableMs(toMs)}`;
}

/** A band stays visible however short its fault was. */
const narrowestBand = 2;
const labelWidth = 14;

function bands(frame: TimeFrame, bottom: number): string[] {
  let labelFrom = -Infinity;
  return frame.bands.map((band) => {
    const x = timeX(frame, band.fromMs);
    const width = Math.max(narrowestBand, timeX(frame, band.toMs) - x);
    labelFrom = Math.max(x, labelFrom + labelWidth);
    return element(
      "g",
      { class: "band" },
      element("title", {}, escapeMarkup(`${band.label} ${bandText(band)}`)),
      element("rect", { x, width, y: plot.top, height: bottom - plot.top }),
      element("path", { d: `M${coordinate(x)} ${plot.top}V${bottom}` }),
      element("text", { x: labelFrom + 1, y: plot.top - 6 }, escapeMarkup(band.label, 4)),
    );
  });
}

function timeAxis(frame: TimeFrame, bottom: number): string[] {
  const ticks = timeTicks(frame.endMs).map((at) => {
    const x = timeX(frame, at);
    const label = escapeMarkup(timeTickText(at, frame.endMs));
    return (
      element("path", { class: "tick", d: `M${coordinate(x)} ${bottom}v4` }) +
      element("text", { class: "axis", x, y: bottom + 17, "text-anchor": "middle" }, label)
    );
  });
  return [element("path", { class: "base", d: `M${plot.left} ${bottom}H${plot.right}` }), ...ticks];
}
