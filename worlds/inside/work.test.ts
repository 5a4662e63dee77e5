import { expect, test, vi } from "vitest";

import { systemClock, type Observation } from "../../core/mod.ts";
import { Retryable } from "../../reference/worker/work.ts";
import type { EffectDecision } from "./effect.ts";
import { harnessWork } from "./work.ts";

test("work records its execution around its one effect, and returns the sink's decision", async () => {
  const { work, story } = toldWork("accepted");
  expect(await work(attempt({ workMs: 5 }))).toEqual({ effect: "accepted" });
  expect(story).toEqual(["begin job 1", "effect job 1", "end job 1 succeeded"]);
});

test("work of no length does not sleep", async () => {
  const clock = systemClock();
  const sleep = vi.spyOn(clock, "sleep");
  await toldWork("accepted", clock).work(attempt({ workMs: 0 }));
  expect(sleep).not.toHaveBeenCalled();
});

test.each([null, "text", 7, {}, { workMs: "long" }])(
  "a payload of somebody else (%j) is work of no length",
  async (payload) => {
    const { work, story } = toldWork("accepted");
    await work(attempt(payload));
    expect(story.at(-1)).toBe("end job 1 succeeded");
  },
);

test("cancelled work ends at once, without an effect", async () => {
  const { work, story } = toldWork("accepted");
  const controller = new AbortController();
  const working = work(attempt({ workMs: 600_000 }, { signal: controller.signal }));
  controller.abort();
  await expect(working).rejects.toThrow("aborted");
  expect(story).toEqual(["begin job 1", "end job 1 cancelled"]);
});

test("work that is to fail fails without an effect, and says whether to try again", async () => {
  const { work, story } = toldWork("accepted");
  await expect(work(attempt({ workMs: 0, fail: "retryable" }))).rejects.toBeInstanceOf(Retryable);
  await expect(work(attempt({ workMs: 0, fail: "fatal" }))).rejects.not.toBeInstanceOf(Retryable);
  expect(story.filter((line) => line.startsWith("effect"))).toEqual([]);
  expect(story.at(-1)).toBe("end job 1 failed");
});

test("work that is to fail twice succeeds under its third epoch", async () => {
  const { work } = toldWork("accepted");
  const payload = { workMs: 0, fail: "retryable", failTimes: 2 };
  await expect(work(attempt(payload, { epoch: 2 }))).rejects.toBeInstanceOf(Retryable);
  expect(await work(attempt(payload, { epoch: 3 }))).toEqual({ effect: "accepted" });
});

test("work that is to fail for the first attempts of its step goes by the attempt in its job's id", async () => {
  const { work, story } = toldWork("accepted");
  const payload = { workMs: 0, failAttempts: 2 };
  for (const job of ["run:step@1", "run:step[3]@2"]) {
    await expect(work(attempt(payload, { job }))).rejects.not.toBeInstanceOf(Retryable);
  }
  expect(story.filter((line) => line.startsWith("effect"))).toEqual([]);
  for (const job of ["run:step@3", "no step's job"]) {
    expect(await work(attempt(payload, { job }))).toEqual({ effect: "accepted" });
  }
});

test("an effect that is there already is a success, and one that comes too late is a failure", async () => {
  expect(await toldWork("repeated").work(attempt({}))).toEqual({ effect: "repeated" });
  const { work, story } = toldWork("stale");
  await expect(work(attempt({}))).rejects.toThrow("a newer attempt has had it already");
  expect(story.at(-1)).toBe("end job 1 failed");
});

test("an effect without an answer may have happened: the work may be tried again", async () => {
  const { work, story } = toldWork(new Error("no answer"));
  await expect(work(attempt({}))).rejects.toBeInstanceOf(Retryable);
  expect(story.at(-1)).toBe("end job 1 failed");
});

function attempt(payload: unknown, changes: { job?: string; epoch?: number; signal?: AbortSignal } = {}) {
  return { job: "job", epoch: 1, topic: "job.default", payload, signal: new AbortController().signal, ...changes };
}

function toldWork(answer: EffectDecision | Error, clock = systemClock()) {
  const story: string[] = [];
  const record = (event: Observation): void => {
    if (event.kind !== "execution") throw new Error(`work does not write ${event.kind}`);
    story.push([event.phase, event.job, event.epoch, event.outcome].filter((part) => part !== undefined).join(" "));
  };
  const apply = async ({ job, epoch }: { job: string; epoch: number }): Promise<EffectDecision> => {
    story.push(`effect ${job} ${epoch}`);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const sink = { apply, close() {} };
  const newId = (): string => "execution-1";
  return { work: harnessWork({ worker: "worker-1", clock, witness: { record }, sink, newId }), story };
}
