import { bucketsUntil, ratePerSecond } from "../figures/buckets.ts";
import type { TimeFrame } from "../figures/time-frame.ts";

const levels = " ▁▂▃▄▅▆▇█";

/** A rate over time in one line of characters, and its peak. */
export interface Sparkline {
  readonly line: string;
  readonly peakPerSecond: number;
}

/** Draws how often something happened; each character stands for its busiest moment. */
export function sparkline(moments: readonly number[], frame: TimeFrame, width: number): Sparkline {
  const buckets = bucketsUntil(frame.endMs);
  const peaks = Array.from({ length: width }, () => 0);
  ratePerSecond(buckets, moments).forEach((rate, index) => {
    const from = cellOf(buckets.atMs[index] ?? 0, frame, width);
    const to = cellOf((buckets.atMs[index] ?? 0) + buckets.widthMs - 1, frame, width);
    for (let cell = from; cell <= to; cell++) peaks[cell] = Math.max(peaks[cell] ?? 0, rate);
  });
  const peakPerSecond = peaks.reduce((most, rate) => Math.max(most, rate), 0);
  const line = peaks.map((rate) => levels[Math.ceil((rate / (peakPerSecond || 1)) * (levels.length - 1))]);
  return { line: line.join(""), peakPerSecond };
}

/** The fault windows under a sparkline: each begins with its number. */
export function faultLine(frame: TimeFrame, width: number): string {
  const cells = Array.from({ length: width }, () => " ");
  for (const { fromMs, toMs } of frame.bands)
    cells.fill("─", cellOf(fromMs, frame, width), cellOf(toMs, frame, width) + 1);
  for (const { label, fromMs } of frame.bands) {
    Array.from(label).forEach((character, offset) => {
      const cell = cellOf(fromMs, frame, width) + offset;
      if (cell < width) cells[cell] = character;
    });
  }
  return cells.join("").trimEnd();
}

function cellOf(at: number, { endMs }: TimeFrame, width: number): number {
  return Math.min(width - 1, Math.max(0, Math.floor((at / endMs) * width)));
}
