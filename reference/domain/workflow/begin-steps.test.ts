import { expect, test } from "vitest";

import { RunOnTrial } from "./run-on-trial.test-support.ts";

const job = { type: "worker", topic: "job.x" };

test("a step whose condition is false is skipped, and those after it begin all the same", () => {
  const trial = new RunOnTrial(
    { a: { ...job, when: "input.amount > 100" }, b: { ...job, depends_on: ["a"] } },
    { input: { amount: 5 } },
  );
  trial.wake();
  expect(trial.states).toEqual({ a: "skipped", b: "running" });
  expect(trial.submitted).toEqual(["r:b@1"]);
});

test("a skipped step has no output, and says that it was skipped", () => {
  const trial = new RunOnTrial({
    a: { ...job, when: "false" },
    b: { ...job, depends_on: ["a"], input: { state: "${steps.a.state}", output: "${steps.a.output}" } },
  });
  trial.wake();
  expect(trial.payloads).toEqual([{ state: "skipped", output: null }]);
});

test("a condition gives true or false to the steps after it, in the same change", () => {
  const trial = new RunOnTrial(
    {
      large: { type: "condition", expression: "input.amount >= 100" },
      yes: { ...job, depends_on: ["large"], when: "steps.large.output" },
      no: { ...job, depends_on: ["large"], when: "!steps.large.output" },
    },
    { input: { amount: 100 } },
  );
  trial.wake();
  expect(trial.states).toEqual({ large: "succeeded", yes: "running", no: "skipped" });
});

test("a job's payload is its input with the expressions filled in", () => {
  const trial = new RunOnTrial(
    {
      a: job,
      b: {
        ...{ ...job, depends_on: ["a"] },
        input: { whole: "${steps.a.output}", next: ["${input.n + 1}"], text: "n is ${input.n}" },
      },
    },
    { input: { n: 2 } },
  );
  trial.wake();
  expect(trial.payloads).toEqual([{}]);
  trial.succeeds("r:a@1", '{"ok":true}');
  expect(trial.payloads[1]).toEqual({ whole: { ok: true }, next: [3], text: "n is 2" });
});

test("a delay is over at its moment, and not before", () => {
  const trial = new RunOnTrial({ wait: { type: "delay", delay_sec: 1.5 } });
  trial.wake(100);
  expect(trial.wake(1_499).changed).toBe(false);
  expect(trial.wake(1).run.state).toBe("succeeded");
  expect(trial.run.steps["wait"]).toMatchObject({ startedUnixMs: 100, endedUnixMs: 1_600 });
});

test("a delay until a moment that has passed is over at once", () => {
  const wait = { type: "delay", delay_until: "1970-01-01T00:00:01Z" };
  const trial = new RunOnTrial({ wait });
  trial.wake(999);
  expect(trial.run.state).toBe("waiting");
  const late = new RunOnTrial({ wait });
  late.wake(1_000);
  expect(late.run.state).toBe("succeeded");
});

test("an approval waits for a person, whose name is kept", () => {
  const trial = new RunOnTrial({ ok: { type: "approval", prompt: "Ship it?" }, a: job });
  trial.wake();
  expect(trial.decide("a", true).changed, "no approval").toBe(false);
  expect(trial.decide("nobody", true).changed).toBe(false);
  trial.decide("ok", true);
  expect(trial.run.steps["ok"]).toMatchObject({
    ...{ state: "succeeded", decidedBy: "ann" },
    output: { approved: true, by: "ann" },
  });
  expect(trial.decide("ok", false).changed, "decided already").toBe(false);
});

test("a refusal fails the run", () => {
  const trial = new RunOnTrial({ ok: { type: "approval" } });
  expect(trial.decide("ok", false).changed, "it does not wait yet").toBe(false);
  trial.wake();
  trial.decide("ok", false);
  expect(trial.run.steps["ok"]).toMatchObject({ state: "failed", cause: "rejected", decidedBy: "ann" });
  expect(trial.run.state).toBe("failed");
});

test("an approval that nobody gives times out", () => {
  const trial = new RunOnTrial({ ok: { type: "approval", timeout_sec: 3 } });
  trial.wake();
  expect(trial.wake(2_999).changed).toBe(false);
  trial.wake(1);
  expect(trial.run.steps["ok"]).toMatchObject({ state: "timed_out", cause: "timeout" });
  expect(trial.run).toMatchObject({ state: "failed", cause: "step_failed" });
});

const items = { type: "for_each", template: { topic: "job.x" } };

test.each([
  ["reads what is not there", { ...job, when: "input.a.b" }, /^expression_failed: input\.a\.b: No such key: a$/],
  ["is neither true nor false", { ...job, when: "input.n" }, /^expression_failed: input\.n is neither true nor false$/],
  ["fills in what is not there", { ...job, input: "${input.a}" }, /^expression_failed: input\.a: No such key: a$/],
  ["adds a number to null", { ...job, input: "${input.none + 1}" }, /^expression_failed: .* no such overload/],
  ["gives what JSON has no word for", { ...job, input: "${1.0 / 0.0}" }, /^expression_failed: .* Infinity/],
  ["looks up a step that may not have ended", { ...job, when: "steps[input.other].output" }, /No such key: b$/],
  ["goes through no list", { ...items, items: "input.n" }, /^items_not_a_list/],
  ["goes through too long a list", { ...items, items: [1, 2, 3, 4] }, /^too_many_items: 4, and the most is 3$/],
  ["makes too large a payload", { ...job, input: "${input.s}${input.s}" }, /^payload_too_large: 300002 characters$/],
])("a step that %s fails with its cause", (_what, step, cause) => {
  const input = { n: 1, none: null, other: "b", s: "x".repeat(150_000) };
  const trial = new RunOnTrial(
    { b: { type: "condition", expression: "true" }, a: step },
    { input, forEachMaxItems: 3 },
  );
  trial.wake();
  expect(trial.run.steps["a"]?.state).toBe("failed");
  expect(trial.run.steps["a"]?.cause).toMatch(cause);
  expect(trial.run).toMatchObject({ state: "failed", cause: "step_failed" });
  expect(trial.submitted).toEqual([]);
});

test("a list may be as long as the limit", () => {
  const trial = new RunOnTrial({ a: { ...items, items: [1, 2, 3] } }, { forEachMaxItems: 3 });
  trial.wake();
  expect(trial.submitted).toHaveLength(3);
});

test("one bad item keeps all jobs of its step from starting", () => {
  const template = { topic: "job.x", input: { x: "${item.id}" } };
  const trial = new RunOnTrial({ all: { type: "for_each", items: [{ id: 1 }, {}], template } });
  trial.wake();
  expect(trial.submitted).toEqual([]);
  expect(trial.run.steps["all"]?.cause).toMatch(/No such key: id/);
});
