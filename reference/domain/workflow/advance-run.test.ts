import { expect, test } from "vitest";

import { RunOnTrial } from "./run-on-trial.test-support.ts";

const job = { type: "worker", topic: "job.x" };

test("a step begins when all that it depends on has succeeded, and the run ends with the last one", () => {
  const trial = new RunOnTrial({ left: job, right: job, join: { ...job, depends_on: ["left", "right"] } });
  trial.wake();
  expect(trial.submitted).toEqual(["r:left@1", "r:right@1"]);
  trial.succeeds("r:left@1");
  expect(trial.submitted).toHaveLength(2);
  trial.succeeds("r:right@1");
  expect(trial.submitted.slice(2)).toEqual(["r:join@1"]);
  expect(trial.run.state).toBe("running");
  trial.nowUnixMs = 70;
  trial.succeeds("r:join@1");
  expect(trial.run).toMatchObject({ state: "succeeded", endedUnixMs: 70 });
  expect(trial.run).not.toHaveProperty("cause");
});

test("the timeline tells every transition in order", () => {
  const trial = new RunOnTrial({ a: job, b: { type: "delay", delay_sec: 1, depends_on: ["a"] } });
  trial.wake();
  trial.succeeds("r:a@1");
  trial.wake(1_000);
  expect(trial.story).toEqual([
    ...["run_started", "step_started a", "job_started a", "job_succeeded a", "step_succeeded a"],
    ...["step_started b", "run_waiting", "step_succeeded b", "run_succeeded"],
  ]);
  expect(trial.timeline.at(-1)?.unixMs).toBe(1_000);
});

test("a run waits while only an approval or a delay is left, and resumes with the next job", () => {
  const trial = new RunOnTrial({ ok: { type: "approval" }, a: job, b: { ...job, depends_on: ["ok", "a"] } });
  trial.wake();
  expect(trial.run.state).toBe("running");
  trial.succeeds("r:a@1");
  expect(trial.run.state).toBe("waiting");
  trial.decide("ok", true);
  expect(trial.run.state).toBe("running");
  expect(trial.story).toContain("run_resumed");
});

test("the end of the same job twice, of an older attempt, of an unknown job or of another run changes nothing", () => {
  const trial = new RunOnTrial({
    a: { ...job, retry: { max_retries: 1 } },
    many: { type: "parallel", children: [{ topic: "job.x" }] },
  });
  expect(trial.succeeds("r:a@1").changed, "before the run began").toBe(false);
  trial.wake();
  trial.fails("r:a@1");
  trial.wake(1_000);
  expect(trial.submitted).toContain("r:a@2");
  const before = structuredClone(trial.run);
  const strangers = ["r:a@1", "r:a@3", "r:a@0", "r:b@1", "q:a@2", "r:a[0]@2", "r:many@1", "r:many[1]@1", "a"];
  for (const stranger of [...strangers, "r:constructor@1"]) {
    expect({ stranger, ...trial.succeeds(stranger) }).toEqual({
      ...{ stranger, changed: false, run: before, intents: [], timeline: [] },
    });
  }
  expect(trial.succeeds("r:a@2").changed).toBe(true);
  expect(trial.succeeds("r:a@2").changed).toBe(false);
});

test("a job whose id goes on after a ~ is still the step's", () => {
  const trial = new RunOnTrial({ a: job });
  trial.wake();
  expect(trial.succeeds("r:a@1~5f2c", "7").changed).toBe(true);
  expect(trial.run.steps["a"]).toMatchObject({ state: "succeeded", output: 7 });
});

test("a step that fails for good fails the run, and what is under way is cancelled", () => {
  const trial = new RunOnTrial({ a: job, b: job, c: { ...job, depends_on: ["a"] }, ok: { type: "approval" } });
  trial.wake();
  trial.fails("r:a@1");
  expect(trial.states).toEqual({ a: "failed", b: "cancelled", c: "cancelled", ok: "cancelled" });
  expect(trial.run).toMatchObject({ state: "failed", cause: "step_failed" });
  expect(trial.run.steps["a"]?.cause).toBe("boom");
  expect(trial.run.steps["b"]).toMatchObject({ cause: "step_failed", jobs: [{ state: "cancelled", attempt: 1 }] });
  expect(trial.cancelled).toEqual(["r:b@1"]);
  expect(trial.timeline.at(-1)).toMatchObject({ event: "run_failed", detail: "step a: boom" });
});

test("nothing is submitted by a change that fails the run", () => {
  const trial = new RunOnTrial({ a: job, b: { ...job, input: { x: "${input.nothing}" } } }, { input: {} });
  trial.wake();
  expect(trial.run.state).toBe("failed");
  expect(trial.intents).toEqual([]);
});

test("a run that is cancelled cancels its jobs, also before it began", () => {
  const trial = new RunOnTrial({ a: job, b: { ...job, depends_on: ["a"] } });
  trial.wake();
  trial.cancel();
  expect(trial.run).toMatchObject({ state: "cancelled", cause: "cancelled" });
  expect(trial.cancelled).toEqual(["r:a@1"]);
  expect(trial.timeline.at(-1)).toMatchObject({ event: "run_cancelled", detail: "by ann" });

  const early = new RunOnTrial({ a: job });
  early.cancel();
  expect(early.run.state).toBe("cancelled");
  expect(early.wake().changed).toBe(false);
  expect(early.intents).toEqual([]);
});

test("a run that lasts too long is timed out, not a moment early, and its jobs have no longer than that", () => {
  const trial = new RunOnTrial({ a: { ...job, timeout_sec: 60 } }, { timeoutSec: 2 });
  trial.wake(500);
  expect(trial.intents).toContainEqual(expect.objectContaining({ job: "r:a@1", deadlineUnixMs: 2_000 }));
  expect(trial.wake(1_499).changed).toBe(false);
  trial.wake(1);
  expect(trial.run).toMatchObject({ state: "timed_out", cause: "run_timeout" });
  expect(trial.cancelled).toEqual(["r:a@1"]);
});

test("what has happened counts before what is due", () => {
  const trial = new RunOnTrial({ a: { ...job, timeout_sec: 1 } }, { timeoutSec: 2 });
  trial.wake();
  trial.nowUnixMs = 5_000;
  trial.succeeds("r:a@1");
  expect(trial.run.state).toBe("succeeded");
});

test("an ended run does not change any more", () => {
  const trial = new RunOnTrial({ a: job, ok: { type: "approval" } }, { timeoutSec: 1 });
  trial.wake();
  trial.cancel();
  trial.nowUnixMs = 10_000;
  for (const change of [trial.wake(), trial.succeeds("r:a@1"), trial.decide("ok", true), trial.cancel()]) {
    expect(change).toEqual({ changed: false, run: trial.run, intents: [], timeline: [] });
  }
});

test("neither the run nor the event that it is given is touched", () => {
  const trial = new RunOnTrial({ a: job });
  const before = structuredClone(trial.run);
  const first = trial.run;
  const change = trial.wake();
  expect(first).toEqual(before);
  expect(change.run).not.toBe(first);
});

test("the run asks to be woken for the earliest moment, and again only when that has changed", () => {
  const trial = new RunOnTrial(
    { slow: { type: "delay", delay_sec: 5 }, quick: { type: "delay", delay_sec: 1 }, a: job },
    { timeoutSec: 9 },
  );
  const alarms = (): number[] => trial.intents.flatMap((each) => (each.kind === "wake-at" ? [each.unixMs] : []));
  trial.wake();
  expect(alarms()).toEqual([1_000]);
  trial.succeeds("r:a@1");
  expect(alarms()).toEqual([1_000]);
  trial.wake(1_000);
  expect(alarms()).toEqual([1_000, 5_000]);
  trial.wake(4_000);
  expect(trial.run.state).toBe("succeeded");
  expect(alarms()).toEqual([1_000, 5_000]);
});

test("a clock that has gone back does not cost the run its alarm", () => {
  const trial = new RunOnTrial({ wait: { type: "delay", delay_sec: 1 } });
  expect(trial.wake(-1_000).intents).toEqual([{ kind: "wake-at", unixMs: 0 }]);
});
