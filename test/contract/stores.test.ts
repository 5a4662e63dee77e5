import { describe, expect, test } from "vitest";

import { newRun } from "../../reference/adapters/redis/run.test-support.ts";
import { useArms } from "./arms.test-support.ts";

describe.each(useArms())("the smaller stores, $name", ({ play }) => {
  test("an idempotency key stands for what the first of many wanted, forever", () =>
    play(async ({ join }) => {
      const both = [await join("gateway-1"), await join("gateway-2")];
      const wanted = Array.from({ length: 10 }, (_, index) => ({ job: `job-${index}`, digest: `digest-${index}` }));
      const made = await Promise.all(
        wanted.map((each, index) => both[index % 2]?.idempotency.reserve("acme", "key", each)),
      );
      expect(made.filter((each) => each?.first)).toHaveLength(1);
      expect(new Set(made.map((each) => `${each?.job} ${each?.digest}`)).size).toBe(1);
      expect(await both[0]?.idempotency.reserve("other", "key", { job: "j", digest: "d" })).toMatchObject({
        first: true,
      });
    }));

  test("the limiter keeps one limit over replicas, and admits again when the window has moved on", () =>
    play(async ({ join, eventually }) => {
      const patient = { variables: { REDIS_RATE_LIMIT_TIMEOUT: "5s" } };
      const both = [await join("gateway-1", patient), await join("gateway-2", patient)];
      const admit = (index: number) => both[index % 2]?.limiter.admit("acme", 10);
      const admissions = await Promise.all(Array.from({ length: 60 }, (_, index) => admit(index)));
      const admitted = admissions.filter((each) => each?.allowed).length;
      expect(admitted).toBeGreaterThanOrEqual(10);
      // In real time the sixty may fall into two seconds.
      expect(admitted).toBeLessThanOrEqual(20);
      expect(new Set(admissions.map((each) => each?.mode))).toEqual(new Set(["shared"]));
      const refused = admissions.find((each) => each?.allowed === false);
      expect(refused?.retryAfterMs).toBeGreaterThan(0);
      await eventually(async () => expect(await admit(0)).toMatchObject({ allowed: true }));
    }));

  test("the snapshot of the workers is the one of the latest term", () =>
    play(async ({ join }) => {
      const [{ workerSnapshots }, other] = [await join("scheduler-1"), await join("gateway-1")];
      const written = (epoch: number, writer: string) =>
        workerSnapshots.write({ capturedUnixMs: 5, writer, epoch, workers: [] });
      expect(await other.workerSnapshots.read()).toBeUndefined();
      expect([await written(9, "a"), await written(10, "b"), await written(9, "c"), await written(10, "d")]).toEqual([
        ...[true, true, false, true],
      ]);
      expect(await other.workerSnapshots.read()).toEqual({ capturedUnixMs: 5, writer: "d", epoch: 10, workers: [] });
    }));

  test("a dead letter is kept once for each id", () =>
    play(async ({ join, clock }) => {
      const { deadLetters } = await join("scheduler-1");
      const ending = { topic: "job.default", cause: "worker_lost", lastState: "RUNNING", attempts: 3 };
      const letter = { id: "j", ...ending, createdUnixMs: clock.unixMs() };
      for (const each of [letter, letter, { ...letter, id: "k" }]) await deadLetters.record(each);
      expect(await deadLetters.read("j")).toEqual(letter);
      expect(await deadLetters.count()).toBe(2);
    }));

  test("a run is due from its earliest moment on, by the store's clock, until that moment is cleared", () =>
    play(async ({ join, clock, eventually }) => {
      const { runTimers } = await join("workflow-1");
      const soon = clock.unixMs() + 300;
      await runTimers.set("run", soon + 60_000);
      await runTimers.set("run", soon);
      await runTimers.set("later", soon + 60_000);
      expect(await runTimers.due(10)).toEqual([]);
      await eventually(async () => expect(await runTimers.due(10)).toEqual([{ run: "run", unixMs: soon }]));
      expect(clock.unixMs()).toBeGreaterThanOrEqual(soon - 1);
      await runTimers.clear("run", soon + 60_000);
      expect(await runTimers.due(10)).toHaveLength(1);
      await runTimers.clear("run", soon);
      expect(await runTimers.due(10)).toEqual([]);
    }));

  test("workflows are a tenant's own, in order of their ids", () =>
    play(async ({ join }) => {
      const { workflows } = await join("gateway-1");
      const { definition } = newRun();
      for (const id of ["c", "a", "b"]) await workflows.put("acme", { ...definition, id });
      const page = await workflows.list("acme", { offset: 1, limit: 5 });
      expect(page.map(({ id }) => id)).toEqual(["b", "c"]);
      expect(await workflows.remove("acme", "b")).toBe(true);
      expect(await workflows.remove("acme", "b")).toBe(false);
      expect(await workflows.read("acme", "a")).toEqual({ ...definition, id: "a" });
      expect(await workflows.read("other", "a")).toBeUndefined();
    }));
});
