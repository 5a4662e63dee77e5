import { expect, test } from "vitest";

import { flawOf } from "../well-formed.test-support.ts";
import { renderAnnotations } from "./annotations.ts";
import { renderGateHtml } from "./html.ts";
import { renderGateJunit } from "./junit.ts";
import { renderGateMarkdown } from "./markdown.ts";
import type { GateItem } from "./gate-result.ts";
import { sampleGate, sampleItem } from "./sample-gate.test-support.ts";
import { renderGateTerminal } from "./terminal.ts";
import { gateSentence } from "./words.ts";

const failed = sampleItem({ status: "failed", summary: "Measured 900 ms: 100 % over.\nAnd more." });
const advised = sampleItem({ status: "failed", blocking: false, name: "end to end p50 is worse by 25 % at most" });
const unknown = sampleItem({ status: "inconclusive", kind: "invariant", name: "no job is lost" });

test("annotations are errors for what decides and warnings for what advises, the worst first", () => {
  const lines = renderAnnotations({ items: [sampleItem(), advised, unknown, failed] });
  expect(lines.map((line) => line.split(" ")[0])).toEqual(["::error", "::error", "::warning"]);
  expect(lines[0]).toContain("title=failed%3A submit latency p99");
});

test("an annotation is one line, and cannot end early or begin another command", () => {
  const nasty = sampleItem({ status: "failed", name: "a,b::c\n::error::d", summary: "100%0A\r\n::stop-commands::x" });
  const [line = "", ...others] = renderAnnotations({ items: [nasty] });
  expect(others).toEqual([]);
  expect(line).not.toMatch(/[\r\n]/);
  expect(line).toMatch(/^::error title=failed%3A a%2Cb%3A%3Ac/);
  expect(line).toContain("100%250A");
});

test("no more than ten of each kind, as GitHub shows no more", () => {
  const items = Array.from({ length: 30 }, (_, index) => (index % 2 ? failed : advised));
  const lines = renderAnnotations({ items });
  expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(10);
  expect(lines.filter((line) => line.startsWith("::warning"))).toHaveLength(10);
});

test("JUnit has a case for each requirement, and is no redder than the gate", () => {
  const xml = renderGateJunit(sampleGate({ items: [sampleItem(), failed, advised, unknown] }));
  expect(flawOf(xml)).toBeUndefined();
  expect(xml).toContain('<testsuites name="gate" tests="4" failures="1" errors="1"');
  expect(xml.match(/<failure /g)).toHaveLength(1);
  expect(xml.match(/<error /g)).toHaveLength(1);
  expect(xml).toContain("failed, as advice: ");
});

test("the terminal says what came out, the worst first, within its width", () => {
  const text = renderGateTerminal(sampleGate({ status: "failed", items: [sampleItem(), failed] }), {
    columns: 80,
    colour: false,
    reportPath: "runs/gate/report.html",
  });
  expect(text).toContain("✘ FAILED  gate, strict");
  expect(text.indexOf("✘ submit")).toBeLessThan(text.indexOf("✔ submit"));
  const whole = text.split("\n").filter((line) => !/^ {2}(again|report)/.test(line));
  expect(Math.max(...whole.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("the page and the summary show requirements, and the settings in which the two differ", () => {
  const differences = [{ setting: "WORKER_TTL", baseline: "default", candidate: "<9s>" }];
  const result = sampleGate({ items: [failed, sampleItem()], differences });
  for (const text of [renderGateHtml(result), renderGateMarkdown(result)]) {
    expect(text).toContain("WORKER");
    expect(text).toContain("Requirements");
    expect(text).not.toContain("<9s>");
  }
});

test("sentences say when only advice was given, and when the noise floor is another machine's", () => {
  const advisory = gateSentence(sampleGate({ mode: "advisory", items: [advised] }));
  expect(advisory).toContain("--strict makes them decide");
  const foreign = gateSentence(sampleGate({ baseline: { ...sampleGate().baseline, sameMachine: false } }));
  expect(foreign).toContain("its noise floor is not used");
});

const rules = [0.8, undefined, 1.2].map((noise, index): GateItem => {
  const blind = noise === undefined ? {} : { blind: { measure: `measure ${index}`, noise: Math.log1p(noise) } };
  return sampleItem({ kind: "regression", name: `rule ${index}`, ...blind });
});

test("rules that noise made blind are told on top, the worst first, though they passed", () => {
  const items = [sampleItem(), ...rules];
  expect(gateSentence(sampleGate({ items }))).toContain(
    "2 of 3 regression rules could not see a change of their tolerance here: " +
      "noise ±120 % in measure 2 (steady-work), ±80 % in measure 0 (steady-work).",
  );
  expect(gateSentence(sampleGate({ items: items.slice(0, 1) }))).not.toContain("could not see");
});

test("and they are one warning, that no crowd of others pushes out", () => {
  const crowd = Array.from({ length: 30 }, () => advised);
  const warnings = renderAnnotations({ items: [...crowd, ...rules] });
  expect(warnings).toHaveLength(10);
  expect(warnings[0]).toMatch(/^::warning title=passed blindly::2 of 3 regression rules could not see .*±120 %25/);
});
