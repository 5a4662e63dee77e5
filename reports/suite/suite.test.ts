import { describe, expect, test } from "vitest";

import { renderSuiteHtml, renderSuiteJunit, renderSuiteMarkdown, renderSuiteTerminal, type Suite } from "../mod.ts";
import { poison, poisonedRun } from "../poisoned-run.test-support.ts";
import { sampleRecord, sampleVerdict } from "../sample-record.test-support.ts";
import { sampleRun } from "../sample-run.test-support.ts";
import { textWidth } from "../terminal/width.ts";
import { flawOf } from "../well-formed.test-support.ts";
import { suiteStatus } from "./suite.ts";

const unknown = sampleRecord({
  scenario: "idempotent-retries",
  status: "inconclusive",
  verdicts: [sampleVerdict({ status: "unknown", check: "one job per key" })],
});

const suite: Suite = {
  name: "gate-19",
  runs: [
    { record: sampleRecord({ scenario: "rolling-restart" }), path: "/runs/gate-19/04-rolling-restart" },
    { record: sampleRun().record, path: "/runs/gate-19/05-scheduler-leader-loss" },
    { record: unknown, path: "/runs/gate-19/06-idempotent-retries" },
  ],
  broken: [{ scenario: "rate-limit", because: "[port_in_use] port 7777 is taken" }],
};

const poisonedSuite: Suite = {
  name: `suite${poison}`,
  runs: [{ record: poisonedRun().record, path: `/runs/x/${poison}` }],
  broken: [{ scenario: `broken${poison}`, because: poison }],
};

describe("a suite's status", () => {
  const passed = { record: sampleRecord() };

  test("is the worst of its runs", () => {
    expect(suiteStatus({ name: "s", runs: [passed] })).toBe("pass");
    expect(suiteStatus({ name: "s", runs: [passed, { record: unknown }] })).toBe("unknown");
    expect(suiteStatus({ name: "s", runs: [passed, { record: unknown }, { record: sampleRun().record }] })).toBe(
      "fail",
    );
  });

  test("is unknown when nothing was run, or a scenario could not be", () => {
    expect(suiteStatus({ name: "s", runs: [] })).toBe("unknown");
    expect(suiteStatus({ name: "s", runs: [passed], broken: [{ scenario: "x", because: "y" }] })).toBe("unknown");
  });
});

describe("in a terminal", () => {
  test.each([80, 120])(
    "each scenario has a row that fits %i columns, and what did not pass has its path",
    (columns) => {
      const text = renderSuiteTerminal(suite, { columns, colour: false, reportPath: "/runs/gate-19/index.html" });
      expect(text).toContain("Of 4 scenarios, 1 failed, 1 inconclusive, 1 could not be run, 1 passed.");
      expect(text).toMatch(/✔ {2}rolling-restart +passed +1 m 4 s +its one check holds/);
      expect(text).toMatch(/✘ {2}scheduler-leader-loss +failed +1 m 4 s +✘ no job is lost/);
      expect(text).toContain("/runs/gate-19/05-scheduler-leader-loss");
      expect(text).not.toContain("/runs/gate-19/04-rolling-restart");
      expect(text).toContain("/runs/gate-19/index.html");
      for (const line of text.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(columns);
    },
  );

  test("poison moves no cursor", () => {
    const text = renderSuiteTerminal(poisonedSuite, { columns: 80, colour: false });
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe("as HTML", () => {
  test("each scenario links to its own report, in its folder", () => {
    const html = renderSuiteHtml(suite);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
    expect(links).toEqual(suite.runs.map(({ path }) => `${path?.split("/").at(-1)}/report.html`));
    expect(html).toContain("? not run");
  });

  test("it loads nothing, and poison stays text", () => {
    const html = renderSuiteHtml(poisonedSuite);
    expect(html).toContain("default-src 'none'");
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|<!--|href="(?!%|u)[^"]*:/);
    expect(flawOf(html.slice(html.indexOf("<main>"), html.indexOf("</main>") + 7))).toBeUndefined();
  });
});

describe("as JUnit", () => {
  test("each scenario is a test suite, also the one that could not be run", () => {
    const xml = renderSuiteJunit(suite);
    expect(flawOf(xml)).toBeUndefined();
    expect([...xml.matchAll(/<testsuite name="([^"]*)"/g)].map((match) => match[1])).toEqual([
      "rolling-restart",
      "scheduler-leader-loss",
      "idempotent-retries",
      "rate-limit",
    ]);
    expect(xml).toContain('<testsuites name="gate-19" tests="8" failures="1" errors="3"');
  });

  test("poison leaves it well-formed", () => {
    expect(flawOf(renderSuiteJunit(poisonedSuite))).toBeUndefined();
  });
});

describe("as Markdown", () => {
  test("a table of all, then what speaks against those that did not pass", () => {
    const markdown = renderSuiteMarkdown(suite);
    expect(markdown).toContain("| rolling-restart | ✔ passed | 1 m 4 s | its one check holds |");
    expect(markdown).toContain("`job-1708`");
    expect(markdown.match(/^## .*/gm)).toEqual(["## scheduler-leader-loss", "## idempotent-retries"]);
  });
});
