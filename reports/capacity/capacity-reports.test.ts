import { expect, test } from "vitest";

import { textWidth } from "../terminal/width.ts";
import { flawOf } from "../well-formed.test-support.ts";
import { renderCapacityHtml } from "./html.ts";
import { renderCapacityMarkdown } from "./markdown.ts";
import { sampleRecord } from "./record.test-support.ts";
import { renderCapacityTerminal } from "./terminal.ts";

const html = renderCapacityHtml(sampleRecord);
const markdown = renderCapacityMarkdown(sampleRecord);

test("the answer comes first, in every format", () => {
  const { sentence } = sampleRecord.answer;
  expect(terminal(120).split("\n")[0]).toBe(sentence);
  expect(html.indexOf("needs 7 pods")).toBeLessThan(html.indexOf("<section"));
  expect(markdown.split("\n")[2]).toContain("needs 7 pods");
});

test("formula, model and measurement stand side by side with their error and the word for it", () => {
  for (const text of [html, markdown]) {
    expect(text).toContain("80/s +40 % ▲ optimistic");
    expect(text).toContain("57/s −12 % ▼ pessimistic, within the spread");
    expect(text).toContain("7 ±0 % ✔ holds");
    expect(text).toContain("unstable: 1.13 of what it can serve; the queue grows by 5.2 msg/s");
    expect(text).toContain("1,024 B −32 % ▲ optimistic");
  }
});

test("the page is well-formed, asks nobody for anything, and takes no name for markup", () => {
  expect(flawOf(/<main>.*<\/main>/s.exec(html)?.[0] ?? "")).toBeUndefined();
  expect(html).not.toMatch(/(?:src|href)="(?!#)/);
  expect(html).not.toContain("<b>hot");
  expect(html).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
});

test("there are pictures of the wait, the throughput and the shares, each with its numbers beside it", () => {
  for (const title of ["Wait against throughput", "Throughput against offered load", "Share of the messages"]) {
    expect(html).toContain(title);
  }
  const figures = html.match(/<figure/g)?.length;
  expect(figures).toBe(6);
  expect(html.match(/As a table/g)?.length).toBe(figures);
  expect(html).toContain(">knee</text>");
});

test("a p99 of few messages is called rough", () => {
  const [first] = sampleRecord.configurations;
  if (!first) throw new Error("no bus");
  const few = first.windows.map((window) => ({ ...window, hottestWait: { ...window.hottestWait, messages: 90 } }));
  const record = { ...sampleRecord, configurations: [{ ...first, windows: few }] };
  expect(renderCapacityMarkdown(record)).toContain("as few as 90 messages in a window");
  expect(markdown).not.toContain("as few as");
});

test("no format shows NaN, Infinity or undefined, also of a bus that carried nothing", () => {
  for (const text of [html, markdown, terminal(80)]) expect(text).not.toMatch(/NaN|Infinity|undefined/);
  expect(markdown).toContain("not carried at any load that was tried");
  expect(markdown).toContain("No load that was tried was carried: already at 10/s");
});

test.each([60, 80, 120])("in a terminal of %d columns every line fits but the command and the path", (columns) => {
  const lines = terminal(columns).split("\n");
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns);
});

function terminal(columns: number): string {
  return renderCapacityTerminal(sampleRecord, { columns, colour: false, reportPath: "runs/x/capacity.html" });
}
