import { expect, test } from "vitest";

import * as reports from "./mod.ts";
import { emptyHistory, sampleRecord } from "./sample-record.test-support.ts";
import { sampleRun } from "./sample-run.test-support.ts";
import { withSampleWorkflows } from "./sample-workflows.test-support.ts";

test("each section has a noun for a title and a sentence for the catalog", () => {
  expect(reports.sectionCatalog.map(({ name }) => name)).toEqual([
    "verdicts",
    "reproduce",
    "timeline",
    "latency",
    "throughput",
    "workflows",
    "rate-limit",
    "recovery",
    "locks-and-leases",
    "load-generator",
    "outcomes",
  ]);
  for (const { doc } of reports.sectionCatalog) expect(doc.length).toBeGreaterThan(30);
  expect(reports.sectionCatalog).toHaveLength(reports.sections.length);
});

test.each(reports.sections.map((section) => [section.title, section] as const))(
  "%s puts a sentence first, tables second, a picture last",
  (_, section: reports.Section) => {
    const rank = { text: 0, code: 1, verdicts: 1, table: 1, "time-chart": 2, "lane-chart": 2 };
    const ranks = section.render(withSampleWorkflows(sampleRun())).map((block: reports.Block) => rank[block.kind]);
    expect(ranks[0]).toBe(0);
    const parts = ranks.join("").split("0").slice(1);
    for (const part of parts) expect(part).toMatch(/^1*2?$/);
  },
);

test("the JSON is one object with the record and each section's exact figures", () => {
  const run = sampleRun();
  const data = JSON.parse(reports.renderJson(run)) as reports.ReportData;
  expect(data.record).toEqual(JSON.parse(JSON.stringify(run.record)));
  const recovery = data.sections.find(({ name }) => name === "recovery");
  const table = recovery?.blocks.find((block) => block.kind === "table");
  expect(table?.rows[0]?.[1]).toEqual({ value: 64_200 * 0.3, unit: "ms" });
  expect(reports.renderJson(run).length).toBeLessThan(200_000);
});

test("every renderer takes a run in which nothing happened", () => {
  const run: reports.RunData = {
    record: sampleRecord({ verdicts: [], status: "inconclusive" }),
    history: emptyHistory,
  };
  const renderers = [reports.renderHtml, reports.renderJson, reports.renderJunit, reports.renderMarkdown];
  for (const render of renderers) expect(render(run)).not.toMatch(/NaN|Infinity|undefined/);
});
