import { expect, test } from "vitest";

import { faultLine, sparkline } from "./sparkline.ts";

const frame = {
  endMs: 10_000,
  bands: [
    { label: "1", name: "kill", fromMs: 2_000, toMs: 4_500 },
    { label: "12", name: "pause", fromMs: 9_500, toMs: 20_000 },
  ],
};

test("each character stands for its time, and the tallest for the peak", () => {
  const moments = [...Array.from({ length: 8 }, () => 500), 3_500, 3_600, 3_700, 3_800];
  expect(sparkline(moments, frame, 10)).toEqual({ line: "█  ▄      ", peakPerSecond: 8 });
});

test("a line wider than the run has seconds leaves no holes", () => {
  const everySecond = Array.from({ length: 10 }, (_, second) => second * 1_000);
  expect(sparkline(everySecond, frame, 37).line).toBe("█".repeat(37));
});

test("nothing is a line of nothing", () => {
  expect(sparkline([], frame, 5)).toEqual({ line: "     ", peakPerSecond: 0 });
});

test("fault windows begin with their number and end with the line", () => {
  expect(faultLine(frame, 10)).toBe("  1──    1");
  expect(faultLine({ ...frame, bands: [] }, 10)).toBe("");
});
