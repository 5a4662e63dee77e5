import { expect, test } from "vitest";

import { nextWakeOf } from "./run-queries.ts";
import { RunOnTrial } from "./run-on-trial.test-support.ts";

const job = { type: "worker", topic: "job.x" };

test("a failed job is tried again after a growing wait, never early, and then fails the step", () => {
  const retry = { max_retries: 3, initial_backoff_sec: 1, max_backoff_sec: 3 };
  const trial = new RunOnTrial({ a: { ...job, retry } });
  trial.wake();
  for (const [attempt, waitMs] of [1_000, 2_000, 3_000].entries()) {
    trial.fails(`r:a@${attempt + 1}`);
    expect(trial.run.steps["a"]?.jobs).toMatchObject([{ state: "backoff", cause: "boom" }]);
    expect(trial.wake(waitMs - 1).changed, `before the wait of ${waitMs} ms is over`).toBe(false);
    trial.wake(1);
    expect(trial.submitted.at(-1)).toBe(`r:a@${attempt + 2}`);
  }
  trial.fails("r:a@4", "FAILED", "last");
  expect(trial.run.steps["a"]).toMatchObject({ state: "failed", cause: "last" });
  expect(trial.submitted).toHaveLength(4);
});

test("the multiplier is the policy's own", () => {
  const trial = new RunOnTrial({
    a: { ...job, retry: { max_retries: 2, initial_backoff_sec: 0.1, multiplier: 1.5 } },
  });
  trial.wake();
  trial.fails("r:a@1");
  expect(nextWakeOf(trial.run)).toBe(100);
  trial.wake(100);
  trial.fails("r:a@2");
  expect(nextWakeOf(trial.run)).toBe(250);
});

test("without a policy the first failure is the last", () => {
  const trial = new RunOnTrial({ a: job });
  trial.wake();
  trial.fails("r:a@1");
  expect(trial.run.state).toBe("failed");
});

test("an attempt that lasts too long is cancelled and counts as failed", () => {
  const trial = new RunOnTrial({ a: { ...job, timeout_sec: 2, retry: { max_retries: 1 } } });
  trial.wake();
  expect(trial.intents[0]).toMatchObject({ kind: "submit-job", deadlineUnixMs: 2_000 });
  expect(trial.wake(1_999).changed).toBe(false);
  trial.wake(1);
  expect(trial.cancelled).toEqual(["r:a@1"]);
  expect(trial.succeeds("r:a@1").changed, "it was given up").toBe(false);
  trial.wake(1_000);
  expect(trial.submitted).toEqual(["r:a@1", "r:a@2"]);
  trial.wake(2_000);
  expect(trial.run.steps["a"]).toMatchObject({ state: "failed", cause: "timeout" });
  expect(trial.cancelled).toEqual(["r:a@1", "r:a@2"]);
});

test("a job that timed out by its own record is tried again, one that somebody cancelled is not", () => {
  const trial = new RunOnTrial({ a: { ...job, retry: { max_retries: 5 } } });
  trial.wake();
  trial.fails("r:a@1", "TIMEOUT");
  expect(trial.run.steps["a"]?.jobs).toMatchObject([{ state: "backoff", cause: "timeout" }]);
  trial.wake(1_000);
  trial.fails("r:a@2", "CANCELLED");
  expect(trial.run.steps["a"]).toMatchObject({ state: "failed", cause: "job_cancelled" });
});

test.each([
  ["no JSON", "{", /^result_not_json: /],
  ["too large", `"${"x".repeat(256 * 1_024)}"`, /^result_too_large: 262146 characters$/],
  ["nested too deeply", `${"[".repeat(70)}${"]".repeat(70)}`, /^result_not_kept: it is nested more than 64 deep$/],
])("a result that is %s fails the step for good, with its cause", (_what, result, cause) => {
  const trial = new RunOnTrial({ a: { ...job, retry: { max_retries: 5 } } });
  trial.wake();
  trial.succeeds("r:a@1", result);
  expect(trial.run.steps["a"]).toMatchObject({ state: "failed", cause: expect.stringMatching(cause) });
});

test("the results of one step have a limit together", () => {
  const trial = new RunOnTrial({
    all: { type: "for_each", items: [1, 2, 3, 4, 5], template: { topic: "job.x" } },
  });
  trial.wake();
  const large = `"${"x".repeat(250_000)}"`;
  for (let index = 0; index < 5; index++) trial.succeeds(`r:all[${index}]@1`, large);
  expect(trial.run.steps["all"]?.cause).toMatch(/^result_too_large/);
});

test("a job without a result gives null", () => {
  const trial = new RunOnTrial({ a: job });
  trial.wake();
  trial.succeeds("r:a@1");
  expect(trial.run.steps["a"]).toMatchObject({ state: "succeeded", output: null });
});
