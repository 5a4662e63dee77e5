import { expect, test } from "vitest";

import {
  renderAblationTable,
  renderComparisonTerminal,
  renderGateTerminal,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderSuiteHtml,
  renderSuiteMarkdown,
  renderSuiteTerminal,
  renderTerminal,
  type GateResult,
  type RunData,
} from "./mod.ts";
import { sampleComparison } from "./comparison/sample-comparison.test-support.ts";
import { emptyHistory, sampleRecord } from "./sample-record.test-support.ts";

const machine = { cores: 2, memoryMb: 8_000, node: "v24", redis: "7.0.15 (embedded)", nats: "2.9.10 (embedded)" };
const said = /Embedded servers: Redis 7\.0\.15 \\?\(embedded\\?\) and NATS 2\.9\.10 \\?\(embedded\\?\)/;
const terminal = { columns: 120, colour: false };

function run(servers: "real" | "embedded"): RunData {
  return { record: sampleRecord({ servers, machine }), history: emptyHistory };
}

const suite = (servers: "real" | "embedded") => ({ name: "gate-19", runs: [{ record: run(servers).record }] });

const renderers: [name: string, render: (servers: "real" | "embedded") => string][] = [
  ["terminal", (servers) => renderTerminal(run(servers), terminal)],
  ["markdown", (servers) => renderMarkdown(run(servers))],
  ["JSON", (servers) => renderJson(run(servers))],
  ["HTML", (servers) => afterBody(renderHtml(run(servers)))],
  ["suite's terminal", (servers) => renderSuiteTerminal(suite(servers), terminal)],
  ["suite's markdown", (servers) => renderSuiteMarkdown(suite(servers))],
  ["suite's HTML", (servers) => afterBody(renderSuiteHtml(suite(servers)))],
  ["comparison's terminal", (servers) => renderComparisonTerminal(sampleComparison({ servers, machine }), terminal)],
];

test.each(renderers)("the %s report says in its first lines that the servers were stand-ins", (_name, render) => {
  const beginning = render("embedded").slice(0, 1_000).replaceAll(/\s+/g, " ");
  expect(beginning).toMatch(said);
  expect(render("real")).not.toContain("Embedded servers");
});

test("so do the table of safeguards and the gate, which know no versions", () => {
  const row = { safeguard: "s", scenario: "c", check: "k", attempts: 1, caught: true, detail: "d" };
  expect(renderAblationTable([{ ...row, servers: "embedded" }], terminal)).toMatch(/^Embedded servers: Redis and NATS/);
  expect(renderAblationTable([row], terminal)).not.toContain("Embedded");
  const gate: GateResult = {
    format: 1,
    seatrial: "0",
    policy: "p",
    mode: "strict",
    status: "passed",
    items: [],
    scenarios: [],
    baseline: { file: "b", seatrial: "0", recordedAtUnixMs: 0, sameMachine: true },
    differences: [],
    startedAtUnixMs: 0,
    lastedMs: 1,
    reproduce: "again",
  };
  expect(renderGateTerminal({ ...gate, servers: "embedded" }, terminal)).toMatch(
    /\n {2}Embedded servers: Redis and NATS/,
  );
  expect(renderGateTerminal(gate, terminal)).not.toContain("Embedded");
});

/** The page without its head, which holds nothing but style. */
function afterBody(html: string): string {
  return html.slice(html.indexOf("<body>"));
}
