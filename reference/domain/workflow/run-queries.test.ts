import { expect, test } from "vitest";

import { isEnded, isStepEnded, jobsUnderWay, nextWakeOf, openApprovals } from "./run-queries.ts";
import { RunOnTrial } from "./run-on-trial.test-support.ts";
import type { RunState, StepState } from "./run.ts";

test("which states are ends", () => {
  const runs: RunState[] = ["pending", "running", "waiting", "succeeded", "failed", "cancelled", "timed_out"];
  expect(runs.filter(isEnded)).toEqual(["succeeded", "failed", "cancelled", "timed_out"]);
  const steps: StepState[] = [...runs, "skipped"];
  expect(steps.filter(isStepEnded)).toEqual(["succeeded", "failed", "cancelled", "timed_out", "skipped"]);
});

test("what a run waits for", () => {
  const trial = new RunOnTrial({
    a: { type: "worker", topic: "job.x", timeout_sec: 4 },
    b: { type: "worker", topic: "job.x", retry: { max_retries: 1, initial_backoff_sec: 2 } },
    ok: { type: "approval", timeout_sec: 3 },
    later: { type: "approval", depends_on: ["ok"] },
  });
  expect(nextWakeOf(trial.run), "it is due at once").toBe(0);
  expect(jobsUnderWay(trial.run)).toEqual([]);

  trial.wake();
  expect(jobsUnderWay(trial.run)).toEqual(["r:a@1", "r:b@1"]);
  expect(openApprovals(trial.run)).toEqual(["ok"]);
  expect(nextWakeOf(trial.run)).toBe(3_000);

  trial.fails("r:b@1");
  expect(jobsUnderWay(trial.run)).toEqual(["r:a@1"]);
  expect(nextWakeOf(trial.run)).toBe(2_000);

  trial.decide("ok", true);
  expect(openApprovals(trial.run)).toEqual(["later"]);
  trial.cancel();
  expect([jobsUnderWay(trial.run), openApprovals(trial.run), nextWakeOf(trial.run)]).toEqual([[], [], undefined]);
});

test("a run may wait for nothing but a person, or for its own deadline", () => {
  const free = new RunOnTrial({ ok: { type: "approval" } });
  free.wake();
  expect(nextWakeOf(free.run)).toBeUndefined();
  const bound = new RunOnTrial({ ok: { type: "approval" } }, { timeoutSec: 7 });
  bound.wake();
  expect(nextWakeOf(bound.run)).toBe(7_000);
});
