import { expect, test } from "vitest";

import type { Series, TimeChart } from "../block.ts";
import { drawTimeChart } from "./time-chart.ts";

const frame = { endMs: 4_000, bands: [{ label: "1", name: "kill worker-1", fromMs: 1_000, toMs: 2_000 }] };

function chart(values: Series["values"], more: Partial<TimeChart> = {}, style: Series["style"] = "line"): TimeChart {
  const series: Series[] = [{ name: "latency", tone: "first", style, values }];
  const [atMs, bucketMs] = [[0, 1_000, 2_000, 3_000], 1_000];
  return { kind: "time-chart", title: "Latency", unit: "ms", scale: "linear", atMs, bucketMs, series, ...more };
}

function lineOf(svg: string): string {
  return /class="line first" d="([^"]*)"/.exec(svg)?.[1] ?? "";
}

test("a line breaks where there is no value, and a lone value is a dot", () => {
  const d = lineOf(drawTimeChart(chart([1, 2, null, 3]), frame));
  expect(d.match(/M/g)).toHaveLength(2);
  expect(d.match(/L/g)).toHaveLength(1);
  expect(d).toMatch(/h0$/);
});

test("higher values stand higher, and the highest stays inside", () => {
  const heights = [...lineOf(drawTimeChart(chart([1, 5, 10, 7]), frame)).matchAll(/[ML][\d.]+ ([\d.]+)/g)].map((m) =>
    Number(m[1]),
  );
  expect(heights[0]).toBeGreaterThan(heights[1] ?? 0);
  expect(heights[1]).toBeGreaterThan(heights[3] ?? 0);
  expect(Math.min(...heights)).toBe(heights[2]);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(20);
});

test("a logarithmic axis has the powers of ten around the values", () => {
  const svg = drawTimeChart(chart([3, 30, 2_500, null], { scale: "log" }), frame);
  for (const label of ["1 ms", "10 ms", "100 ms", "1 s", "10 s"]) expect(svg).toContain(`>${label}</text>`);
  expect(svg).not.toContain(">100 s<");
});

test("the fault window stands where its time is on the axis", () => {
  const svg = drawTimeChart(chart([1, 1, 1, 1]), frame);
  expect(svg).toContain('<rect x="329" width="205"');
  expect(svg).toContain("1 kill worker-1 from 1 s to 2 s");
});

test("a bound is drawn even when all values lie below it", () => {
  const svg = drawTimeChart(chart([1, 2, 3, 4], { bound: { label: "limit", value: 50 } }, "steps"), frame);
  expect(svg).toContain(">60 ms</text>");
  expect(svg).toMatch(/class="bound" d="M124 50H944"/);
});

test.each([[[]], [[null, null, null, null]], [[0, 0, 0, 0]]])("%j draws an empty picture and no nonsense", (values) => {
  for (const style of ["line", "steps", "dots"] as const) {
    for (const scale of ["linear", "log"] as const) {
      expect(drawTimeChart(chart(values, { scale }, style), frame)).not.toMatch(/NaN|Infinity|undefined|null/);
    }
  }
});
