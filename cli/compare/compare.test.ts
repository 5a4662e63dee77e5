import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { EnvironmentError, exitCodes } from "../../core/mod.ts";
import type { Comparison } from "../../reports/mod.ts";
import { sampleVerdict } from "../../reports/sample-record.test-support.ts";
import { planComparison } from "./compare-plan.ts";
import { compare } from "./compare.ts";
import { brokenVerdict, fakeContext, fakeTrials, type FakeRun } from "./fake-trials.test-support.ts";

let out = "";
beforeAll(() => (out = mkdtempSync(join(tmpdir(), "seatrial-compare-"))));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const plan = planComparison("fast", "default", {
  scenario: "two-replica-health",
  pairs: "4",
  aa: "2",
  seed: "7",
  margin: "5",
});

const terminal = { columns: 100, colour: false };

async function compared(a: Partial<FakeRun>, b: Partial<FakeRun>, context = fakeContext(out)) {
  const trials = fakeTrials(({ tuningName }) => ({ latencyMs: 50, ...(tuningName === "fast" ? a : b) }));
  const outcome = await compare(plan, context, trials);
  const comparison = JSON.parse(outcome.json()) as Comparison;
  const text = outcome.terminal(terminal).replaceAll(/\s+/g, " ");
  return { comparison, text, exitCode: outcome.exitCode, plans: trials.plans };
}

function rowOf({ rows }: Comparison, id: string) {
  return rows.find((row) => row.id === id);
}

test("twice the latency is worse, half of it better, and the ratio is about two", async () => {
  const { comparison, text, exitCode, plans } = await compared({}, { latencyMs: 100 });
  expect(exitCode).toBe(exitCodes.passed);
  expect(plans).toHaveLength(10);
  const row = rowOf(comparison, "submit-p50");
  expect(row).toMatchObject({ verdict: "worse", pairs: 4, noisePairs: 2 });
  expect(Math.exp(row?.interval?.estimate ?? 0)).toBeCloseTo(2, 1);
  expect(text).toContain("default is worse than fast in: submit latency p50");
  expect(text).toMatch(/worse: [\d.]+ (?:% higher|times as high)/);
  expect((await compared({}, { latencyMs: 25 })).text).toContain("default is better than fast in");
});

test("what differs by less than the margin is no difference, and the text says within what", async () => {
  const { comparison, text } = await compared({}, {});
  expect(rowOf(comparison, "submit-p50")?.verdict).toBe("equivalent");
  expect(text).toMatch(/no difference beyond the noise \(equivalent within ±[\d.]+ %\)/);
});

test("what cannot be told says how many pairs it would take", async () => {
  const { comparison, text } = await compared({ jitter: 1 }, { jitter: 1, latencyMs: 60 });
  expect(rowOf(comparison, "submit-p50")?.verdict).toBe("inconclusive");
  expect(text).toMatch(/inconclusive: about \d+ pairs would tell/);
});

test("p99 of too few samples is not compared, and zeros on both sides are said", async () => {
  const { text } = await compared({ jobs: 200 }, { jobs: 200 });
  expect(text).toContain("insufficient samples: 200, and p99 takes 600");
  expect(text).toContain("none on either side");
});

test("runs whose generator fell behind are left out, with the reason, and too few of them decide nothing", async () => {
  const sick = { unhealthy: "The load generator fell behind." };
  const { comparison, text, exitCode } = await compared({}, sick);
  expect(exitCode).toBe(exitCodes.inconclusive);
  expect(comparison).toMatchObject({ pairs: 0, pairsWanted: 4 });
  expect(text).toContain("is not used: The load generator fell behind.");
  expect(text).toContain("Of 4 pairs, 0 count.");
});

test("a check that failed is said first, and outweighs the figures", async () => {
  const { text, exitCode } = await compared({}, { latencyMs: 10, verdicts: [brokenVerdict] });
  expect(exitCode).toBe(exitCodes.failed);
  expect(text.indexOf("A check failed with default")).toBeGreaterThan(0);
  expect(text.indexOf("A check failed with default")).toBeLessThan(text.indexOf("default is better"));
});

test("a run that did not come about is said, and nothing passes, though a spare run makes up for it", async () => {
  const died = new EnvironmentError("replica_died", "scheduler-2 exited during start", "see its log");
  const trials = fakeTrials((_plan, number) => ({ latencyMs: 50, ...(number === 2 ? { throws: died } : {}) }));
  const outcome = await compare(plan, fakeContext(out), trials);
  const text = outcome.terminal(terminal).replaceAll(/\s+/g, " ");
  expect(text).toContain("A run with default could not be run, in pair 1: [replica_died] scheduler-2 exited");
  expect(text).not.toContain("Of 4 pairs");
  expect(outcome.exitCode).toBe(exitCodes.inconclusive);
});

test("a check that examined nothing leaves it open", async () => {
  const unknown = sampleVerdict({ status: "unknown", examined: 0 });
  expect((await compared({}, { verdicts: [unknown] })).exitCode).toBe(exitCodes.inconclusive);
});

test("Ctrl-C says what was done so far", async () => {
  const stop = new AbortController();
  const context = fakeContext(out, stop.signal);
  const trials = fakeTrials((_plan, number) => {
    if (number === 6) stop.abort();
    return { latencyMs: 50 };
  });
  const outcome = await compare(plan, context, trials);
  expect(outcome.exitCode).toBe(exitCodes.interrupted);
  expect(outcome.terminal(terminal)).toContain("Interrupted after 5 runs: 2 of 4 pairs are complete.");
});

test("the folder holds the reports and the runs, and the page embeds the numbers", async () => {
  await compared({}, { latencyMs: 100 });
  const folder = join(out, readdirSync(out).toSorted().at(-1) ?? "");
  const files = readdirSync(folder).filter((name) => !name.startsWith("run-"));
  expect(files.toSorted()).toEqual(["comparison.json", "report.html", "summary.md"]);
  const html = readFileSync(join(folder, "report.html"), "utf8");
  expect(html).toContain("fast against default");
  expect(html).toContain('"pairsWanted":4');
  expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("| measure | fast | default |");
});
