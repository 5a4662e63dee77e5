import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { sampleGate, sampleItem } from "../../reports/gate/sample-gate.test-support.ts";
import { tellActions, writeResults } from "./leave-results.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-gate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const summary = join(folder, "step-summary.md");
const actions = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };

test("a gate leaves its report, its summary, JUnit and JSON", () => {
  const out = mkdtempSync(join(folder, "gate-"));
  expect(writeResults(sampleGate(), out)).toBe(join(out, "report.html"));
  expect(readdirSync(out).toSorted()).toEqual(["gate.json", "junit.xml", "report.html", "summary.md"]);
  expect(JSON.parse(readFileSync(join(out, "gate.json"), "utf8"))).toEqual(sampleGate());
});

test("the job summary is added to what other steps wrote, and annotations are printed", () => {
  writeFileSync(summary, "before\n");
  const printed: string[] = [];
  tellActions(sampleGate({ items: [sampleItem({ status: "failed" })] }), actions, (line) => printed.push(line));
  expect(readFileSync(summary, "utf8")).toMatch(/^before\n# .*gate \(strict\)/);
  expect(printed).toHaveLength(1);
});

test("a summary that is full already is left alone, and one that is nearly full stays below 1 MiB", () => {
  for (const size of [1_048_000, 1_000_000]) {
    writeFileSync(summary, "x".repeat(size));
    const items = Array.from({ length: 2_000 }, (_, index) => sampleItem({ name: `requirement ${index}` }));
    tellActions(sampleGate({ items }), actions, () => {});
    expect(readFileSync(summary).length).toBeLessThanOrEqual(1_048_576);
    expect(readFileSync(summary).length > size).toBe(size === 1_000_000);
  }
});

test("outside of GitHub Actions nothing is said", () => {
  const printed: string[] = [];
  tellActions(sampleGate({ items: [sampleItem({ status: "failed" })] }), {}, (line) => printed.push(line));
  expect(printed).toEqual([]);
});
