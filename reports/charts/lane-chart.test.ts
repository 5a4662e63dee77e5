import { expect, test } from "vitest";

import type { LaneChart } from "../block.ts";
import { drawLaneChart } from "./lane-chart.ts";

const frame = { endMs: 1_000, bands: [] };
const chart: LaneChart = {
  kind: "lane-chart",
  title: "Who held each lease",
  lanes: [
    { name: "cordum:reconciler:default", spans: [{ fromMs: 0, toMs: 500, state: "scheduler-1", tone: "first" }] },
    { name: "a-name-without-any-boundary", spans: [] },
    { name: "short", spans: [{ fromMs: 500, toMs: 500.1, state: "scheduler-2", tone: "second" }] },
  ],
};

test("each lane has its name, cut at the front where it is long, and whole as its title", () => {
  const svg = drawLaneChart(chart, frame);
  expect(svg).toContain("<title>cordum:reconciler:default</title>…reconciler:default</text>");
  expect(svg).toContain("</title>…thout-any-boundary</text>");
  expect(svg).toContain("</title>short</text>");
});

test("each span says its state and its time, and is wide enough to be seen", () => {
  const svg = drawLaneChart(chart, frame);
  expect(svg).toMatch(
    /<rect class="span first" x="124" [^>]*width="410"[^>]*><title>scheduler-1, 0 ms to 500 ms<\/title>/,
  );
  expect(svg).toMatch(/<rect class="span second" [^>]*width="1"/);
});
