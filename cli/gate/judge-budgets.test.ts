import { expect, test } from "vitest";

import { measureDefinitions } from "../../reports/mod.ts";
import { confirmed, type Finding } from "./finding.ts";
import { judgeBudget } from "./judge-budgets.ts";
import { madeUpRuns } from "./made-up-runs.test-support.ts";

const candidate = madeUpRuns([
  [1, 240],
  [1, 260],
  [1, 900],
]).filter(({ side }) => side === "b");

test("the median over the candidate's runs is held against the bound", () => {
  const budget = { measure: measureDefinitions.submitP50, bound: "atMost" as const };
  expect(judgeBudget({ ...budget, value: 260 }, candidate).status).toBe("passed");
  const { status, name, summary } = judgeBudget({ ...budget, value: 250 }, candidate);
  expect(status).toBe("failed");
  expect(name).toBe("submit latency p50 is at most 250 ms");
  expect(summary).toBe("Measured 260 ms, the median of 3 runs (240 ms to 900 ms); the limit is 250 ms.");
});

test("a bound from below is one", () => {
  const budget = { measure: measureDefinitions.submitP50, bound: "atLeast" as const };
  expect(judgeBudget({ ...budget, value: 260 }, candidate).status).toBe("passed");
  expect(judgeBudget({ ...budget, value: 261 }, candidate).status).toBe("failed");
});

test("a count is held against its bound in the worst run, which is said", () => {
  const runs = [0, 3, 0].map((lost): [number, number] => [0, lost]);
  const counted = madeUpRuns(runs, measureDefinitions.unacknowledged).filter(({ side }) => side === "b");
  const budget = { measure: measureDefinitions.unacknowledged, value: 0 };
  const { status, summary } = judgeBudget({ ...budget, bound: "atMost" }, counted);
  expect(status).toBe("failed");
  expect(summary).toBe("Measured 3, in the worst of 3 runs (0 to 3); the limit is 0.");
  expect(judgeBudget({ ...budget, bound: "atLeast", value: 1 }, counted).status).toBe("failed");
});

test("what no run could tell is inconclusive, with the reason", () => {
  const budget = { measure: measureDefinitions.submitP50, bound: "atMost" as const, value: 1 };
  const unmeasured = madeUpRuns([[1, undefined]]).filter(({ side }) => side === "b");
  expect(judgeBudget(budget, unmeasured)).toMatchObject({
    status: "inconclusive",
    summary: "Not measured: insufficient samples.",
  });
  expect(judgeBudget(budget, [])).toMatchObject({ summary: "Not measured: no run can be used." });
});

test("what fresh runs do not confirm is as blind as they are", () => {
  const blind = { measure: "submit latency p50", noise: 0.8 };
  const first: Finding = { name: "x", status: "failed", summary: "first." };
  expect(confirmed(first, { ...first, status: "passed", blind }).blind).toEqual(blind);
});

test.each([
  ["failed", "failed", "failed", "Confirmed by fresh runs"],
  ["failed", "passed", "passed", "Not confirmed by fresh runs"],
  ["failed", "inconclusive", "inconclusive", "Fresh runs could not tell"],
  ["passed", "failed", "passed", "first"],
] as const)("%s first and %s with fresh runs is %s", (first, again, status, words) => {
  const finding = (of: Finding["status"], summary: string): Finding => ({ name: "x", status: of, summary });
  const settled = confirmed(finding(first, "first."), finding(again, "again."));
  expect(settled.status).toBe(status);
  expect(settled.summary).toContain(words);
});
