import { expect, test } from "vitest";

import { RunOnTrial } from "./run-on-trial.test-support.ts";

const child = { topic: "job.x" };

function parallel(need: unknown, retry?: object): RunOnTrial {
  const step = { type: "parallel", children: [child, child, child], need, ...(retry ? { retry } : {}) };
  const trial = new RunOnTrial({ fan: step });
  trial.wake();
  return trial;
}

test("a parallel step starts all its children at once, each with its place in the id", () => {
  expect(parallel("all").submitted).toEqual(["r:fan[0]@1", "r:fan[1]@1", "r:fan[2]@1"]);
});

test("all: succeeds with the last child, and gives their outputs in the children's order", () => {
  const trial = parallel("all");
  trial.succeeds("r:fan[2]@1", '"c"');
  trial.succeeds("r:fan[0]@1", '"a"');
  expect(trial.run.state).toBe("running");
  trial.succeeds("r:fan[1]@1", '"b"');
  expect(trial.run.steps["fan"]).toMatchObject({ state: "succeeded", output: ["a", "b", "c"] });
  expect(trial.run.steps["fan"]?.jobs?.[0], "what it gave is not kept twice").toEqual({
    ...{ state: "succeeded", attempt: 1, job: "r:fan[0]@1" },
  });
  expect(trial.cancelled).toEqual([]);
});

test("all: fails with the first child that fails, and cancels the others", () => {
  const trial = parallel("all");
  trial.succeeds("r:fan[0]@1");
  trial.fails("r:fan[1]@1");
  expect(trial.run.steps["fan"]).toMatchObject({ state: "failed", cause: "boom" });
  expect(trial.cancelled).toEqual(["r:fan[2]@1"]);
});

test("any: succeeds with the first child, and cancels the rest", () => {
  const trial = parallel("any");
  trial.fails("r:fan[0]@1");
  trial.succeeds("r:fan[2]@1", "3");
  expect(trial.run.steps["fan"]).toMatchObject({ state: "succeeded", output: [null, null, 3] });
  expect(trial.intents).toContainEqual({ kind: "cancel-job", job: "r:fan[1]@1", reason: "not_needed" });
  expect(trial.run.state).toBe("succeeded");
});

test("any: fails only when no child is left", () => {
  const trial = parallel("any");
  trial.fails("r:fan[0]@1");
  trial.fails("r:fan[1]@1");
  expect(trial.run.state).toBe("running");
  trial.fails("r:fan[2]@1");
  expect(trial.run.state).toBe("failed");
});

test("a number: succeeds with so many, and fails as soon as so many can no longer succeed", () => {
  const enough = parallel(2);
  enough.fails("r:fan[0]@1");
  enough.succeeds("r:fan[1]@1");
  expect(enough.run.state).toBe("running");
  enough.succeeds("r:fan[2]@1");
  expect(enough.run.state).toBe("succeeded");

  const tooFew = parallel(2);
  tooFew.fails("r:fan[0]@1");
  tooFew.fails("r:fan[1]@1");
  expect(tooFew.run.state).toBe("failed");
  expect(tooFew.cancelled).toEqual(["r:fan[2]@1"]);
});

test("each child has its own attempts; one that waits for its next is cancelled with the rest", () => {
  const trial = parallel("any", { max_retries: 1 });
  trial.fails("r:fan[0]@1");
  trial.succeeds("r:fan[1]@1");
  expect(trial.run.steps["fan"]?.jobs?.map(({ state }) => state)).toEqual(["cancelled", "succeeded", "cancelled"]);
  expect(trial.cancelled, "the job that had failed needs no cancelling").toEqual(["r:fan[2]@1"]);
  expect(trial.wake(10_000).changed).toBe(false);
});

test("for_each has as many jobs under way as it may, and starts the next when one ends", () => {
  const trial = new RunOnTrial(
    {
      all: {
        ...{ type: "for_each", items: "input.list", max_parallel: 2, retry: { max_retries: 1 } },
        template: { ...child, input: { value: "${item}", place: "${index}" } },
      },
    },
    { input: { list: ["a", "b", "c", "d"] } },
  );
  trial.wake();
  expect(trial.payloads).toEqual([
    { value: "a", place: 0 },
    { value: "b", place: 1 },
  ]);
  trial.fails("r:all[0]@1");
  expect(trial.submitted, "a job in its backoff keeps its place").toHaveLength(2);
  trial.succeeds("r:all[1]@1", "1");
  trial.wake(1_000);
  expect(trial.submitted.slice(2)).toEqual(["r:all[2]@1", "r:all[0]@2"]);
  expect(trial.payloads.at(-1)).toEqual({ value: "a", place: 0 });
  trial.succeeds("r:all[0]@2", "0");
  trial.succeeds("r:all[2]@1", "2");
  trial.succeeds("r:all[3]@1", "3");
  expect(trial.run.steps["all"]).toMatchObject({ state: "succeeded", output: [0, 1, 2, 3] });
});

test("for_each over nothing succeeds at once", () => {
  const trial = new RunOnTrial({ all: { type: "for_each", items: [], template: child } });
  trial.wake();
  expect(trial.run.steps["all"]).toMatchObject({ state: "succeeded", output: [] });
  expect(trial.run.state).toBe("succeeded");
});

test("a lower limit on items does not touch a step that has begun", () => {
  const items = { type: "for_each", items: [1, 2, 3], max_parallel: 1, template: child };
  const trial = new RunOnTrial({ all: items }, { forEachMaxItems: 3 });
  trial.wake();
  trial.forEachMaxItems = 2;
  trial.succeeds("r:all[0]@1");
  expect(trial.submitted).toEqual(["r:all[0]@1", "r:all[1]@1"]);
});
