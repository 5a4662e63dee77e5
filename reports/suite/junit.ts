import { junitCase, junitDocument, junitSuite, problem, type JunitSuite } from "../junit.ts";
import { element } from "../markup.ts";
import type { BrokenRun, Suite } from "./suite.ts";

/** A suite as JUnit XML: one test suite for each scenario, also for those that could not be run. */
export function renderSuiteJunit({ name, runs, broken = [] }: Suite): string {
  return junitDocument(name, [...runs.map(({ record }) => junitSuite(record)), ...broken.map(brokenSuite)]);
}

function brokenSuite({ scenario, because }: BrokenRun): JunitSuite {
  const content = junitCase(scenario, "the scenario can be run", problem("error", "not-run", because, []));
  const tallies = { tests: "1", failures: "0", errors: "1", skipped: "0", time: "0.000" };
  const markup = element("testsuite", { name: scenario, ...tallies }, "\n", content);
  return { markup, tests: 1, failures: 0, errors: 1, seconds: 0 };
}
