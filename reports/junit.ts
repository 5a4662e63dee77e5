import { readableMs, type RunRecord, type Verdict } from "../core/mod.ts";
import { element } from "./markup.ts";
import { escapeMarkup } from "./plain-text.ts";
import type { RunData } from "./run-data.ts";
import { generatorComplaint, worstFirst } from "./status.ts";

/**
 * A run as JUnit XML, for CI systems: one test suite for the scenario, one test case for each check.
 *
 * A check that fails is a `<failure>`. One that is unknown is an `<error>`, not `<skipped>`: CI shows skipped tests as
 * green, and what was not examined must never look green. For the same reason an unhealthy generator, an interrupted
 * run, and a run that examined nothing each have a test case with an `<error>`.
 */
export function renderJunit({ record }: Pick<RunData, "record">): string {
  return junitDocument(record.scenario, [junitSuite(record)]);
}

/** One `<testsuite>`, and how many of its cases went wrong. */
export interface JunitSuite {
  readonly markup: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly seconds: number;
}

/** Test suites as a document. */
export function junitDocument(name: string, suites: readonly JunitSuite[]): string {
  const sum = (pick: (suite: JunitSuite) => number): number => suites.reduce((total, suite) => total + pick(suite), 0);
  const tallies = {
    tests: `${sum((suite) => suite.tests)}`,
    failures: `${sum((suite) => suite.failures)}`,
    errors: `${sum((suite) => suite.errors)}`,
    time: sum((suite) => suite.seconds).toFixed(3),
  };
  const content = element("testsuites", { name, ...tallies }, "\n", ...suites.map((suite) => `${suite.markup}\n`));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${content}\n`;
}

/** The test suite of one run. */
export function junitSuite(record: RunRecord): JunitSuite {
  const trouble = troubles(record);
  const cases = [
    ...worstFirst(record.verdicts).map((verdict) => checkCase(record.scenario, verdict)),
    ...trouble.map(([name, because]) =>
      junitCase(record.scenario, name, problem("error", "inconclusive", because, [])),
    ),
  ];
  const seconds = record.lastedMs / 1_000;
  const count = (status: Verdict["status"]): number => record.verdicts.filter((each) => each.status === status).length;
  const tallies = { tests: cases.length, failures: count("fail"), errors: count("unknown") + trouble.length };
  const markup = element(
    "testsuite",
    {
      name: record.scenario,
      tests: `${tallies.tests}`,
      failures: `${tallies.failures}`,
      errors: `${tallies.errors}`,
      skipped: "0",
      time: seconds.toFixed(3),
      timestamp: new Date(record.startedAtUnixMs).toISOString().slice(0, 19),
    },
    "\n",
    properties(record),
    ...cases,
    `${element("system-out", {}, escapeMarkup(record.reproduce, 4_000))}\n`,
  );
  return { markup, ...tallies, seconds };
}

/** A test case, with what went wrong in it. */
export function junitCase(scenario: string, name: string, ...content: readonly string[]): string {
  return `${element("testcase", { classname: scenario, name }, ...content)}\n`;
}

/** A `<failure>` or an `<error>`, a detail on each line. */
export function problem(kind: "failure" | "error", type: string, message: string, lines: readonly string[]): string {
  return element(kind, { message, type }, lines.map((line) => escapeMarkup(line)).join("\n"));
}

function checkCase(scenario: string, verdict: Verdict): string {
  if (verdict.status === "pass") return junitCase(scenario, verdict.check);
  const [kind, type] =
    verdict.status === "fail" ? (["failure", "contradiction"] as const) : (["error", "unknown"] as const);
  return junitCase(scenario, verdict.check, problem(kind, type, verdict.summary, details(verdict)));
}

function details({ examined, violations, counterexamples }: Verdict): string[] {
  const lines = counterexamples.map(({ subject, because, at }) => {
    return `${subject}${at === undefined ? "" : ` at ${readableMs(at)}`}: ${because}`;
  });
  return [`${examined} examined, ${violations} contradict`, ...lines];
}

/** What makes a run inconclusive though no check says so. */
function troubles(record: RunRecord): [name: string, because: string][] {
  const complaint = generatorComplaint(record);
  const found: [string, string][] = [];
  if (record.verdicts.length === 0) found.push(["something is examined", "No check examined this run"]);
  if (complaint !== undefined) found.push(["the load generator keeps its schedule", complaint]);
  if (record.status === "interrupted") found.push(["the run comes to its end", "The run was interrupted"]);
  return found;
}

function properties(record: RunRecord): string {
  const known = {
    world: record.world,
    ...(record.servers === undefined ? {} : { servers: record.servers }),
    seed: record.seed,
    without: record.without.join(", "),
    ...Object.fromEntries(Object.entries(record.tuning).map(([name, value]) => [`tuning ${name}`, value])),
  };
  const list = Object.entries(known).map(([name, value]) => element("property", { name, value }));
  return `${element("properties", {}, ...list)}\n`;
}
