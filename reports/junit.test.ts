import { describe, expect, test } from "vitest";

import { renderJunit } from "./junit.ts";
import { poisonedRun } from "./poisoned-run.test-support.ts";
import { sampleRecord, sampleVerdict } from "./sample-record.test-support.ts";
import { sampleRun } from "./sample-run.test-support.ts";
import { flawOf } from "./well-formed.test-support.ts";

test("each check is a test case of the scenario's suite", () => {
  const xml = renderJunit(sampleRun());
  expect(flawOf(xml)).toBeUndefined();
  expect(xml.match(/<testcase classname="scheduler-leader-loss"/g)).toHaveLength(5);
  expect(xml).toContain(
    '<testsuite name="scheduler-leader-loss" tests="5" failures="1" errors="1" skipped="0" time="64.200"',
  );
});

test("a failed check is a failure with its counterexamples, a line each", () => {
  const failure = /<failure message="([^"]*)"[^>]*>([^<]*)<\/failure>/.exec(renderJunit(sampleRun()));
  expect(failure?.[1]).toBe("2 of 4,912 acknowledged jobs never came to an end.");
  expect(failure?.[2]?.split("\n")).toEqual([
    "4912 examined, 2 contradict",
    "job-1708 at 21.2 s: acknowledged, dispatched never, last seen as PENDING",
    "job-3417 at 39.2 s: acknowledged, dispatched never, last seen as PENDING",
  ]);
});

test("an unknown check is an error, so that nothing unexamined looks green", () => {
  const record = sampleRecord({ verdicts: [sampleVerdict({ status: "unknown", summary: "Nothing to examine." })] });
  expect(renderJunit({ record })).toContain('<error message="Nothing to examine." type="unknown">');
});

test("a run that passed has neither failures nor errors", () => {
  const xml = renderJunit({ record: sampleRecord() });
  expect(xml).toContain('tests="1" failures="0" errors="0"');
  expect(xml).not.toMatch(/<failure|<error/);
});

test.each([
  ["no verdicts", { verdicts: [] }, "something is examined"],
  ["an interruption", { status: "interrupted" }, "the run comes to its end"],
  [
    "a sick generator",
    { generator: { ...sampleRecord().generator, healthy: false, because: "it sent 40 ms late" } },
    "the load generator keeps its schedule",
  ],
] as const)("%s is an error of its own", (_, override, name) => {
  const xml = renderJunit({ record: sampleRecord(override) });
  expect(xml).toMatch(new RegExp(`<testcase [^>]*name="${name}"><error `));
  expect(xml).toMatch(/<testsuites [^>]*errors="1"/);
});

test("poison in every text leaves the XML well-formed and without control characters", () => {
  const xml = renderJunit(poisonedRun());
  expect(flawOf(xml)).toBeUndefined();
  expect(xml).not.toMatch(/<script|<img|\]\]>/);
  expect(xml).toContain("\\u001b[2J");
});

describe("the judge of XML itself", () => {
  test("a well-formed document has no flaw", () => {
    expect(flawOf('<?xml version="1.0"?>\n<a x="1" y="&#60;"><b/>text &amp; more</a>\n')).toBeUndefined();
  });

  test.each([
    ["an unclosed element", "<a><b></a>"],
    ["an element that is never closed", "<a>"],
    ["a stray closing tag", "<a></a></b>"],
    ["a bare ampersand", "<a>x & y</a>"],
    ["a bare angle bracket", "<a>x < y</a>"],
    ["an unquoted attribute", "<a x=1></a>"],
    ["an attribute twice", '<a x="1" x="2"></a>'],
    ["a control character", "<a>\u0007</a>"],
    ["a lone surrogate", "<a>\ud800</a>"],
    ["an unknown reference", "<a>&nbsp;</a>"],
  ])("%s is a flaw", (_, document) => {
    expect(flawOf(document)).toBeDefined();
  });
});
