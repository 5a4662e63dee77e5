import { expect, test } from "vitest";

import { renderMarkdown } from "./markdown.ts";
import { joinWithin, summaryBytesMax } from "./markdown/document.ts";
import { codeFence, codeSpan, escapeMarkdown } from "./markdown/escape.ts";
import { poisonedRun } from "./poisoned-run.test-support.ts";
import { emptyHistory, sampleRecord, sampleVerdict } from "./sample-record.test-support.ts";
import { sampleRun } from "./sample-run.test-support.ts";

test("the summary opens with the status, the verdicts (failed first) and the command", () => {
  const summary = renderMarkdown(sampleRun());
  const places = ["## ✘ failed: scheduler-leader-loss", "| ✘ | no job is lost", "| ? | one job", "| ✔ | no effect"];
  places.push("- `job-1708` at 21.2 s: acknowledged", "npm run seatrial", "<summary>Timeline");
  const found = places.map((place) => summary.indexOf(place));
  expect(found).not.toContain(-1);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
});

test("tables keep their shape, whatever their cells hold", () => {
  const summary = renderMarkdown(poisonedRun());
  const tables = summary.split("\n\n").filter((part) => part.startsWith("| "));
  expect(tables.length).toBeGreaterThan(8);
  for (const table of tables) {
    const columns = table.split("\n").map((line) => line.replace(/\\./g, "").match(/\|/g)?.length);
    expect(new Set(columns).size).toBe(1);
  }
});

test("no text becomes an element, a link or a control character", () => {
  const summary = renderMarkdown(poisonedRun());
  const outsideCode = summary.replace(/(`+)[^\n]*?[^`]\1(?!`)/g, "").replace(/(`{3,})text\n[\s\S]*?\n\1/g, "");
  expect(outsideCode.replace(/\\./g, "").match(/<(?!\/?(details|summary)>)[^ ]/g)).toBeNull();
  expect(outsideCode).not.toMatch(/(?<!\\)\[click/);
  expect(summary.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("a summary stays below 64 KB and says when something was left out", () => {
  const verdicts = Array.from({ length: 300 }, (_, index) =>
    sampleVerdict({
      check: `check ${index}`,
      status: "fail",
      violations: 9,
      counterexamples: Array.from({ length: 9 }, () => ({ subject: "s".repeat(999), because: "b".repeat(999) })),
    }),
  );
  const summary = renderMarkdown({ record: sampleRecord({ verdicts }), history: emptyHistory });
  expect(Buffer.byteLength(summary)).toBeLessThan(summaryBytesMax);
  expect(summary).toContain("did not fit");
});

test("parts are kept from the front, and the note has room", () => {
  expect(joinWithin(["a", "b"])).toBe("a\n\nb\n");
  const joined = joinWithin(["a", "é".repeat(200), "c"], 200);
  expect(joined).toMatch(/^a\n\n_The rest did not fit/);
  expect(Buffer.byteLength(joined)).toBeLessThanOrEqual(200);
});

test.each([
  ["1. one", "1\\. one"],
  ["- one", "\\- one"],
  ["# one", "\\# one"],
  ["a | b", "a \\| b"],
  ["a\nb", "a b"],
  ["<b>", "\\<b\\>"],
  ["see https://x.test and www.x.test", "see https\\://x.test and www\\.x.test"],
  ["1.5 s", "1.5 s"],
])("%j is written as %j", (text, markdown) => {
  expect(escapeMarkdown(text)).toBe(markdown);
});

test("code cannot close its own fence", () => {
  expect(codeFence("a ```` b")).toBe("`````text\na ```` b\n`````");
  expect(codeFence("one\n  two")).toBe("```text\none\n  two\n```");
  expect(codeSpan("a `b`")).toBe("`` a `b` ``");
  expect(codeSpan("job-1")).toBe("`job-1`");
});
