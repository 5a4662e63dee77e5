import { junitCase, junitDocument, problem, type JunitSuite } from "../junit.ts";
import { element } from "../markup.ts";
import { escapeMarkup } from "../plain-text.ts";
import type { GateItem, GateResult } from "./gate-result.ts";

/**
 * A gate as JUnit XML: one test suite for each scenario, one test case for each invariant, budget and regression.
 *
 * What only advises is a test case that passes, with what it would say in its output: the CI system must not be redder
 * than the gate.
 */
export function renderGateJunit({ items, scenarios, lastedMs, startedAtUnixMs }: GateResult): string {
  const seconds = lastedMs / 1_000 / Math.max(1, scenarios.length);
  const timestamp = new Date(startedAtUnixMs).toISOString().slice(0, 19);
  const suites = scenarios.map(({ scenario }) =>
    suiteOf(
      scenario,
      items.filter((item) => item.scenario === scenario),
      { seconds, timestamp },
    ),
  );
  return junitDocument("gate", suites);
}

function suiteOf(
  name: string,
  items: readonly GateItem[],
  { seconds, timestamp }: { seconds: number; timestamp: string },
): JunitSuite {
  const of = (status: GateItem["status"]): number =>
    items.filter((each) => each.blocking && each.status === status).length;
  const tallies = { tests: items.length, failures: of("failed"), errors: of("inconclusive") };
  const attributes = {
    name,
    tests: `${tallies.tests}`,
    failures: `${tallies.failures}`,
    errors: `${tallies.errors}`,
    skipped: "0",
    time: seconds.toFixed(3),
    timestamp,
  };
  return { markup: element("testsuite", attributes, "\n", ...items.map(itemCase)), ...tallies, seconds };
}

function itemCase({ kind, scenario, name, status, summary, blocking }: GateItem): string {
  const title = `${kind}: ${name}`;
  if (blocking && status === "failed") return junitCase(scenario, title, problem("failure", kind, summary, []));
  if (blocking && status === "inconclusive") return junitCase(scenario, title, problem("error", kind, summary, []));
  const advice = status === "passed" ? "" : `${status}, as advice: `;
  return junitCase(scenario, title, element("system-out", {}, escapeMarkup(`${advice}${summary}`, 2_000)));
}
