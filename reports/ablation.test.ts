import { expect, test } from "vitest";

import { renderAblationMarkdown, renderAblationTable, type AblationRow } from "./mod.ts";
import { poison } from "./poisoned-run.test-support.ts";
import { textWidth } from "./terminal/width.ts";

const caught: AblationRow = {
  safeguard: "job-lock",
  scenario: "paused-scheduler",
  check: "no two hold one lock",
  attempts: 1,
  caught: true,
  detail: "job-4711: two replicas were inside at once for 35 ms",
};

const missed: AblationRow = { ...caught, safeguard: "outbox", attempts: 3, caught: false, detail: "still green" };

test.each([80, 120])("what was not caught comes first, and every line fits %i columns", (columns) => {
  const text = renderAblationTable([caught, missed], { columns, colour: false });
  expect(text.replaceAll("\n", " ")).toContain("Without 1 of 2 safeguards, every check stays green");
  expect(text.indexOf("✘  outbox")).toBeGreaterThan(0);
  expect(text.indexOf("✔  job-lock")).toBeGreaterThan(text.indexOf("✘  outbox"));
  expect(text).toContain("no two hold one lock: job-4711");
  for (const line of text.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(columns);
});

test("all caught, one left out, and none left out each have their sentence", () => {
  expect(renderAblationMarkdown([caught, caught])).toContain("Without each of 2 safeguards, a check goes red.");
  expect(renderAblationMarkdown([caught])).toContain("Without the 1 safeguard, a check goes red.");
  expect(renderAblationMarkdown([])).toBe("No safeguard was left out.\n");
});

test("the Markdown is a table with a row for each safeguard", () => {
  const lines = renderAblationMarkdown([caught, missed]).split("\n");
  expect(lines).toContain("| ✘ | outbox | paused-scheduler | no two hold one lock | 3 | still green |");
  expect(lines).toContain(
    "| ✔ | job-lock | paused-scheduler | no two hold one lock | 1 | job-4711: two replicas were inside at once for 35 ms |",
  );
});

test("poison moves no cursor and breaks no table", () => {
  const row = { ...missed, safeguard: poison, check: poison, detail: poison };
  expect(renderAblationTable([row], { columns: 80, colour: false }).replaceAll("\n", "")).not.toMatch(
    /[\p{Cc}\p{Cf}]/u,
  );
  const cells = renderAblationMarkdown([row]).split("\n").at(-2)?.replace(/\\./g, "").match(/\|/g);
  expect(cells).toHaveLength(7);
});
