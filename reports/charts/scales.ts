/** Turns a value into a height, and says which values deserve a line across. */
export interface Scale {
  readonly ticks: readonly number[];
  /** 0 at the bottom, 1 at the top. */
  place(value: number): number;
}

/** From 0 to a round number that no value exceeds, with about four lines. */
export function linearScale(max: number): Scale {
  const step = niceStep(Math.max(max, 1e-9) / 4);
  const top = Math.max(1, Math.ceil(max / step)) * step;
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
  return { ticks, place: (value) => clamp(value / top) };
}

/** Whole powers of ten around the values; what is below a tenth counts as a tenth. */
export function logScale(min: number, max: number): Scale {
  const lowest = Math.floor(Math.log10(Math.max(0.1, min)));
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(0.1, max))));
  const ticks = Array.from({ length: highest - lowest + 1 }, (_, index) => 10 ** (lowest + index));
  return { ticks, place: (value) => clamp((Math.log10(Math.max(0.1, value)) - lowest) / (highest - lowest)) };
}

const timeStepsMs = [
  50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
];

/** Round moments from 0 to the end, about ten of them. */
export function timeTicks(endMs: number): number[] {
  const step = timeStepsMs.find((each) => endMs / each <= 12) ?? niceStep(endMs / 10);
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => index * step);
}

/** A moment on the axis: seconds in a short run, minutes and seconds in a long one. */
export function timeTickText(at: number, endMs: number): string {
  if (endMs < 120_000) return `${at / 1_000} s`;
  const seconds = Math.round(at / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * magnitude >= rough) ?? 10;
  return factor * magnitude;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
