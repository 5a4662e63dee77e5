import { expect, test } from "vitest";

import { journeys, workJourneys } from "../figures/journeys.ts";
import { sampleRun } from "../sample-run.test-support.ts";
import { withSampleWorkflows } from "../sample-workflows.test-support.ts";
import { latency } from "./latency.ts";
import { workflows } from "./workflows.ts";

const plain = sampleRun({ operations: 200 });
const run = withSampleWorkflows(plain);

test("a run without workflows has no such section", () => {
  expect(workflows.render(plain)).toEqual([]);
});

test("it says how many runs ended how, and how long they took", () => {
  const [sentence, runs] = workflows.render(run);
  expect(sentence).toEqual({
    kind: "text",
    text: "30 runs of workflows were acknowledged (30 succeeded); the longest took 130 ms, half of them at most 130 ms.",
  });
  expect(runs?.kind === "table" && runs.rows[0]?.slice(0, 3)).toEqual([
    "orders",
    "order",
    { value: 30, unit: "count" },
  ]);
});

test("each step is told with its jobs, its retries, and its time from when all before it had ended", () => {
  const [, , steps] = workflows.render(run);
  const rows = steps?.kind === "table" ? steps.rows : [];
  const values = rows.map(([id, , ...cells]) => [
    id,
    ...cells.map((cell) => (typeof cell === "string" ? cell : cell.value)),
  ]);
  expect(values).toEqual([
    ["reserve", 1, 30, 30, 0, 23, "too few", 23],
    ["charge", 1, 30, 60, 30, 40, "too few", 40],
    ["cool", 0, "–", "–", "–", "–", "–", "–"],
    ["inform", 2, 60, 60, 0, 20, "too few", 20],
  ]);
});

test("a run that lacks an effect is counted, and has no length", () => {
  const jobs = new Map([...run.history.jobs].filter(([id]) => id !== "run-7:inform[1]@1"));
  const [, runs, steps] = workflows.render({ ...run, history: { ...run.history, jobs } });
  const counts = runs?.kind === "table" ? runs.rows[0]?.slice(2, 4) : [];
  expect(counts).toEqual([30, 29].map((value) => ({ value, unit: "count" })));
  expect(steps?.kind === "table" && steps.rows[3]?.[3]).toEqual({ value: 59, unit: "count" });
});

test("latency takes a run for one journey, and recovery takes each of its steps for one", () => {
  const { history } = run;
  const [jobs, all] = [journeys(plain.history).length, journeys(history).length];
  expect(all).toBe(jobs + 30);
  expect(workJourneys(history)).toHaveLength(jobs + 3 * 30);
  const sentences = latency.render(run).flatMap((block) => (block.kind === "text" ? block.text : []));
  expect(sentences[1]).toMatch(/jobs and runs took effect/);
});
