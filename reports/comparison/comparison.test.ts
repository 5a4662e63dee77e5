import { expect, test } from "vitest";

import { flawOf } from "../well-formed.test-support.ts";
import { renderComparisonHtml } from "./html.ts";
import { renderComparisonMarkdown } from "./markdown.ts";
import { ratioPicture } from "./ratio-picture.ts";
import { sampleComparison, sampleRow } from "./sample-comparison.test-support.ts";
import { renderComparisonTerminal } from "./terminal.ts";

const poison = `</script><img src=x onerror=alert(1)>\u0000"'&`;

test("the terminal shows each measure with its verdict, within the width", () => {
  for (const columns of [60, 80, 120]) {
    const text = renderComparisonTerminal(sampleComparison(), { columns, colour: false, reportPath: "r.html" });
    expect(text.replaceAll(/\s+/g, " ")).toContain("worse: 6 times as high");
    const lines = text.split("\n").filter((line) => !/^ {2}(again|report)/.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  }
});

test("pages show only the settings in which the two differ", () => {
  const markdown = renderComparisonMarkdown(sampleComparison());
  expect(markdown).toContain(String.raw`| SCHEDULER\_JOB\_LOCK\_TTL | 5s | 30s |`);
  expect(markdown).not.toContain("WORKER");
});

test("the picture is well-formed, and says in words what it shows", () => {
  const unending = { estimate: 0.1, lower: -Infinity, upper: Infinity };
  const picture = ratioPicture(sampleComparison({ rows: [sampleRow(), sampleRow({ interval: unending })] }));
  expect(flawOf(`<?xml version="1.0" encoding="UTF-8"?>${picture}`)).toBeUndefined();
  expect(picture).toContain("slowest recovery 6 times as high");
  expect(picture).not.toMatch(/NaN|Infinity/);
  expect(ratioPicture(sampleComparison({ rows: [] }))).toBe("<p>No measure could be compared.</p>");
});

test("whatever a name or a reason holds, it stays text", () => {
  const a = { name: poison, variables: { [poison]: poison } };
  const html = renderComparisonHtml(sampleComparison({ a, rows: [sampleRow({ title: poison })], reproduce: poison }));
  expect(html).not.toContain("<img");
  expect(html.match(/<\/script>/g)).toHaveLength(1);
});
