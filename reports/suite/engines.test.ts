import { expect, test } from "vitest";

import type { EngineFigures } from "../figures/engine-figures.ts";
import { sampleRecord } from "../sample-record.test-support.ts";
import { engineBlocks } from "./engines.ts";
import { renderSuiteHtml } from "./html.ts";
import { renderSuiteMarkdown } from "./markdown.ts";
import { renderSuiteTerminal } from "./terminal.ts";

const spread = { count: 900, p50Ms: 4, p90Ms: 6, p99Ms: 9, maxMs: 30 };

function run(engine: string, scenario = "steady-load") {
  const outcomes = { ok: 900, refused: 50, error: 30, unknown: 20 };
  const response = engine === "open" ? { ...spread, p99Ms: 77 } : undefined;
  const figures: EngineFigures = { engine, operations: 1_000, outcomes, perSecond: 100, service: spread, response };
  return { record: sampleRecord({ scenario }), figures };
}

test("engines stand side by side, and only the open one says what clients waited for", () => {
  const blocks = engineBlocks({ name: "s", runs: [run("open"), run("k6")] });
  const tables = blocks.filter((block) => block.kind === "table");
  expect(tables[0]?.columns).toEqual(["engine", "sent", "rate", "accepted", "refused", "failed", "unknown"]);
  const values = tables.map(({ rows }) =>
    rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell : cell.value))),
  );
  expect(values[0]).toEqual([
    ["open", 1_000, 100, 900, 50, 30, 20],
    ["k6", 1_000, 100, 900, 50, 30, 20],
  ]);
  expect(values[1]).toEqual([
    ["open", 4, 9, 30, 4, 77],
    ["k6", 4, 9, 30, "–", "–"],
  ]);
});

test("one engine stands beside nobody; several scenarios are told apart", () => {
  expect(engineBlocks({ name: "s", runs: [run("k6"), run("k6", "other")] })).toEqual([]);
  const [, first] = engineBlocks({ name: "s", runs: [run("open"), run("k6", "other")] });
  expect(first?.kind === "table" && first.columns[0]).toBe("scenario");
});

test("every format shows them, and the terminal's lines fit 80 columns", () => {
  const suite = { name: "s", runs: [run("open"), run("autocannon"), run("k6")] };
  const terminal = renderSuiteTerminal(suite, { columns: 80, colour: false });
  for (const shown of [terminal, renderSuiteHtml(suite), renderSuiteMarkdown(suite)]) {
    expect(shown).toContain("Load engines side by side: what was sent");
    expect(shown).toContain("autocannon");
  }
  expect(terminal.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
