import { stripVTControlCharacters } from "node:util";

import { describe, expect, test } from "vitest";

import { renderTerminal } from "./terminal.ts";
import { textWidth, wrap } from "./terminal/width.ts";
import { poisonedRun } from "./poisoned-run.test-support.ts";
import { emptyHistory, sampleRecord, sampleVerdict } from "./sample-record.test-support.ts";
import { sampleRun } from "./sample-run.test-support.ts";

const run = sampleRun();
const reportPath = "/runs/2026-11-22-045012-scheduler-leader-loss/report.html";

describe.each([40, 80, 120])("at %i columns", (columns) => {
  test("every line fits, but those to be copied", () => {
    for (const each of [run, poisonedRun()]) {
      const lines = renderTerminal(each, { columns, colour: false, reportPath }).split("\n");
      const wide = lines
        .filter((line) => textWidth(line) > columns)
        .filter((line) => !/^ {2}(again|report) /.test(line));
      expect(wide).toEqual([]);
    }
  });

  test("colour adds nothing but colour", () => {
    const coloured = renderTerminal(run, { columns, colour: true, reportPath });
    expect(coloured).toContain("\u001b[31m");
    expect(stripVTControlCharacters(coloured)).toBe(renderTerminal(run, { columns, colour: false, reportPath }));
  });
});

test("it tells the status, the verdicts with the worst first, the key figures, the command and the path", () => {
  const text = renderTerminal(run, { columns: 80, colour: false, reportPath });
  const places = ["✘ FAILED  scheduler-leader-loss", "✘ no job is lost", "job-1708 at 21.2 s", "? one job per key"];
  places.push(
    "✔ no effect twice",
    "submit",
    "p99",
    "1 kill scheduler-1",
    "effects/s",
    "1───",
    run.record.reproduce,
    reportPath,
  );
  const found = places.map((place) => text.indexOf(place));
  expect(found).not.toContain(-1);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
});

test("nothing in a run can move the cursor, colour the screen or set a title", () => {
  const text = renderTerminal(poisonedRun(), { columns: 80, colour: false, reportPath: "/runs/\u001b[2Jx" });
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text).toContain("\\u001b[2J");
});

test("only a few counterexamples are shown, and the others are counted", () => {
  const counterexamples = Array.from({ length: 8 }, (_, index) => ({ subject: `job-${index}`, because: "lost" }));
  const verdicts = [sampleVerdict({ status: "fail", violations: 50, counterexamples })];
  const text = renderTerminal(
    { record: sampleRecord({ verdicts }), history: emptyHistory },
    { columns: 80, colour: false },
  );
  expect(text).toContain("job-2: lost");
  expect(text).not.toContain("job-3: lost");
  expect(text).toContain("and 47 more");
});

test("a run in which nothing happened says so", () => {
  const record = sampleRecord({ verdicts: [], status: "inconclusive" });
  const text = renderTerminal({ record, history: emptyHistory }, { columns: 80, colour: false });
  expect(text).toContain("? INCONCLUSIVE");
  expect(text).toContain("Nothing was examined.");
  expect(text).toContain("nothing was offered");
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
});

test("a sick generator is told though all checks hold", () => {
  const generator = { ...sampleRecord().generator, healthy: false, because: "40 operations were never sent." };
  const record = sampleRecord({ generator, status: "inconclusive" });
  const text = renderTerminal({ record, history: emptyHistory }, { columns: 80, colour: false });
  expect(text).toContain("generator    40 operations were never sent.");
});

test.each([
  ["abc", 3],
  ["日本", 4],
  ["é", 1],
  ["e\u0301", 1],
  ["🚢", 2],
  ["✘ no", 4],
])("%s is %i columns wide", (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test("a word that is longer than a line is cut, and nothing is lost", () => {
  expect(wrap("a bb cccccccc d", 4)).toEqual(["a bb", "cccc", "cccc", "d"]);
  expect(wrap("日本語", 4)).toEqual(["日本", "語"]);
});
