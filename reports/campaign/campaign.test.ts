import { expect, test } from "vitest";

import type { ExaminedFailure } from "./campaign-result.ts";
import { renderCampaignHtml } from "./html.ts";
import { renderCampaignMarkdown } from "./markdown.ts";
import { renderReplayTerminal } from "./replay.ts";
import { sampleCampaign, sampleExamined, sampleSweep } from "./sample-campaign.test-support.ts";
import { renderSimAblation, type SimAblationRow } from "./sim-ablation.ts";
import { renderSweepHtml, renderSweepTerminal } from "./sweep.ts";
import { renderCampaignTerminal } from "./terminal.ts";

const terminal = { columns: 100, colour: false };
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

test("a campaign tells what came out, how to replay it, what is left of it, and what was never met", () => {
  const text = inOneLine(renderCampaignTerminal(sampleCampaign(), { ...terminal, reportPath: "runs/report.html" }));
  expect(text).toContain("✘ FAILED campaign scheduler-failover");
  expect(text).toContain("Of 1,000 runs from seed 1 on, 2 failed, 1 broken, 1 inconclusive, 996 passed.");
  expect(text).toContain("17 runs a second, 10 for each core. Simulated were 100 hours and 20,000,000 events, 200,000");
  expect(text).toContain("replay npm run seatrial -- replay runs/campaign/scheduler-failover-seed-7/shrunk");
  expect(text).toContain("Shrunk in 2 steps (24 runs; nothing smaller that was tried fails in the same way).");
  expect(text).toContain('Both begin with the same 1,554 steps; then the failing one has "scheduler-1 killed"');
  expect(text).toContain("and the passing one is over");
  expect(text).toContain("scheduler-failover, seed 93: no job is lost, as a seed before it");
  expect(text).toContain("scheduler-failover, seed 12 is broken: [simulation_stuck] no more");
  expect(text).toContain("kill scheduler 998 leading, never idle");
  expect(text).toContain("Never met: a worker's claim was refused.");
  expect(text).toContain("report runs/report.html");
});

test("a campaign without a failure says little", () => {
  const calm = sampleCampaign({
    status: "passed",
    counts: { passed: 1_000, failed: 0, inconclusive: 0, broken: 0 },
    ...{ failures: [], unclear: [], loadFactors: { "scheduler-failover": 1 } },
  });
  const text = renderCampaignTerminal(calm, terminal);
  expect(text).toContain("✔ PASSED");
  expect(text).not.toMatch(/replay|scaled down|broken/);
  const nothing = { passed: 0, failed: 0, inconclusive: 0, broken: 0 };
  expect(renderCampaignTerminal(sampleCampaign({ counts: nothing }), terminal)).toContain(
    "No seed was run to its end.",
  );
});

test("it is said how many passing runs were looked at, whose neighbours they were, and when there was none", () => {
  const [failure] = sampleCampaign().failures;
  const { divergence, ...undivided } = sampleExamined;
  const textOf = (examined: ExaminedFailure): string =>
    inOneLine(renderCampaignTerminal(sampleCampaign({ failures: [{ ...failure!, examined }] }), terminal));
  expect(textOf(sampleExamined)).toContain("The nearest of the 6 passing runs looked at differs in this: without kill");
  expect(textOf({ ...undivided, divergence: { ...divergence!, lookedAt: 1, stepsBack: 2 } })).toContain(
    "The one passing run looked at differs from what was left 2 steps earlier in this: without kill",
  );
  expect(textOf(undivided)).toContain("No run that passes was found on the way");
});

test("a run that cannot be repeated is called so before anything is said about it", () => {
  const failure = { ...sampleCampaign().failures[0]!, examined: { ...sampleExamined, deterministic: false } };
  const text = inOneLine(renderCampaignTerminal(sampleCampaign({ failures: [failure] }), terminal));
  expect(text.indexOf("ran differently")).toBeGreaterThan(0);
  expect(text.indexOf("ran differently")).toBeLessThan(text.indexOf("Shrunk in"));
});

test("pages carry their data, and what texts hold cannot become markup", () => {
  const hostile = sampleCampaign({ name: "<script>alert(1)</script>", reproduce: "</script>" });
  const page = renderCampaignHtml(hostile);
  expect(page).not.toContain("<script>alert");
  expect(dataIn(page)).toEqual(hostile);
  const swept = { ...sampleSweep, scenario: "<b>" };
  expect(renderSweepHtml(swept)).not.toContain("<b>");
  expect(dataIn(renderSweepHtml(swept))).toEqual(swept);
  expect(renderCampaignMarkdown(sampleCampaign())).toContain("# ✘ scheduler-failover: campaign failed");
});

function dataIn(page: string): unknown {
  return JSON.parse(/<script[^>]*type="application\/json"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? "null");
}

test("a sweep shows how often each call was died at, and which points failed", () => {
  const text = inOneLine(renderSweepTerminal(sampleSweep, terminal));
  expect(text).toContain("made 68 calls while the work was under way, of which 2 were swept");
  expect(text).toContain("4 runs in 4 s; 1 point did not pass");
  expect(text).toContain("scheduler-1 jobs.advance:DISPATCHED 2 4 3 1 0");
  expect(text).toContain("died before call 2 of jobs.advance (jobs.advance:DISPATCHED) in scheduler-1");
  expect(text).toContain("replay npm run seatrial -- replay runs/sweep/point-1");
});

test("a sweep that tried nothing does not say that everything passed", () => {
  const text = inOneLine(renderSweepTerminal({ ...sampleSweep, rows: [], failures: [], swept: 0 }, terminal));
  expect(text).toContain("made 68 calls while the work was under way, and none of them was died at.");
  expect(text).not.toContain("every one");
});

test("a replay shows what was run, its last steps, and the verdicts", () => {
  const { red, recipe, lastEvents } = sampleExamined.shrunk;
  const facts = { scenario: "canary", seed: "7", traceHash: "0a78798f844bb1e2", steps: 2_358, virtualMs: 6_000 };
  const text = renderReplayTerminal({ ...facts, status: "failed", verdicts: [red], lastEvents, recipe }, terminal);
  expect(inOneLine(text)).toContain("replay of canary, seed 7: the same 2,358 steps, trace 0a78798f844bb1e2");
  expect(text).toContain("    4252.852 ms  scheduler-1  timer");
  expect(text).toContain("no job is lost");
  const otherChecks = 'When the file was made, "one terminal state" failed.';
  const other = { ...facts, status: "failed" as const, verdicts: [red], lastEvents, recipe, otherChecks };
  expect(inOneLine(renderReplayTerminal(other, terminal))).toContain(otherChecks);
});

test("an ablation shows the seed, how often, and after what time, and the safeguards that nothing misses first", () => {
  const caught: SimAblationRow = {
    ...{ safeguard: "outbox", scenario: "crash-before-publish", check: "no job is lost", detail: "job-7: lost" },
    ...{ caught: true, firstSeed: 3, firstAfterMs: 1_200, caughtIn: 41, tried: 50, reproduce: "again --seed 3" },
  };
  const { firstSeed: _seed, firstAfterMs: _after, reproduce: _command, ...rest } = caught;
  const missed: SimAblationRow = { ...rest, safeguard: "job-lock", caught: false, caughtIn: 0, tried: 1_000 };
  const text = inOneLine(renderSimAblation([caught, missed], terminal));
  expect(text).toContain("Without 1 of 2 safeguards, nothing shows that a loss would be noticed.");
  expect(text).toContain("✔ outbox crash-before-publish 3 41 of 50 1.2 s no job is lost: job-7: lost again --seed 3");
  expect(text).toContain("✘ job-lock crash-before-publish – 0 of 1000 –");
  expect(text.indexOf("job-lock")).toBeLessThan(text.indexOf("✔ outbox"));
});
