import { describe, expect, test } from "vitest";

import type { Change, Job, Jobs } from "../../reference/ports/mod.ts";
import { useArms } from "./arms.test-support.ts";

const dispatch = { kind: "publish", subject: "worker.w1.jobs", id: "d:1", body: "{}" } as const;

function jobNamed(id: string) {
  const about = { topic: "job.default", tenant: "acme", traceId: `trace-${id}`, labels: { team: "grün" } };
  return { id, ...about, payload: JSON.stringify({ of: id }), submittedBy: "gateway-1" };
}

function toDispatched({ id, revision }: Pick<Job, "id" | "revision">): Change {
  const path = ["SCHEDULED", "DISPATCHED"] as const;
  return { id, revision, from: "PENDING", path, epoch: 1, worker: "w1", session: "s1", intents: [dispatch] };
}

async function dispatched(jobs: Jobs, id: string): Promise<Job | undefined> {
  await jobs.create(jobNamed(id), []);
  const opened = await jobs.open(id);
  if (opened) await jobs.advance(toDispatched(opened));
  return opened;
}

describe.each(useArms())("jobs, $name", ({ play }) => {
  test("a job is made once, however many make it, and reads as it was made", () =>
    play(async ({ join }) => {
      const [one, two] = [await join("gateway-1"), await join("gateway-2")];
      const made = await Promise.all([one, two].map(({ jobs }) => jobs.create(jobNamed("j"), [dispatch])));
      expect(made.filter(({ created }) => created)).toHaveLength(1);
      const { payload, submittedBy: _, ...told } = jobNamed("j");
      expect(await two.jobs.read("j")).toMatchObject({ ...told, state: "PENDING", epoch: 0, revision: 1 });
      expect(await one.jobs.payload("j")).toBe(payload);
      expect(await one.jobs.read("nobody")).toBeUndefined();
    }));

  test("whoever opens a job fences off who opened it before", () =>
    play(async ({ join }) => {
      const { jobs } = await join("scheduler-1");
      await jobs.create(jobNamed("j"), []);
      const [early, late] = [await jobs.open("j"), await jobs.open("j")];
      if (!early || !late) throw new Error("the job is missing");
      expect(await jobs.advance(toDispatched(early))).toMatchObject({ accepted: false, state: "PENDING" });
      expect(await jobs.advance(toDispatched(late))).toMatchObject({ accepted: true });
      expect(await jobs.advance(toDispatched(late))).toMatchObject({ accepted: false, state: "DISPATCHED" });
      const states = (await jobs.read("j"))?.log.map(({ state }) => state);
      expect(states).toEqual(["PENDING", "SCHEDULED", "DISPATCHED"]);
    }));

  test("an attempt is claimed by one of many, who may ask again, and under no other epoch", () =>
    play(async ({ join }) => {
      const { jobs } = await join("worker-1");
      await dispatched(jobs, "j");
      const claimBy = (token: string, epoch = 1) => jobs.claim({ id: "j", epoch, worker: "w1", session: "s1", token });
      expect(await claimBy("early", 2)).toMatchObject({ granted: false, state: "DISPATCHED", epoch: 1 });
      const tokens = ["a", "b", "c", "d"];
      const claims = await Promise.all(tokens.map((token) => claimBy(token)));
      const granted = tokens.filter((_, index) => claims[index]?.granted);
      expect(granted).toHaveLength(1);
      expect(await claimBy(granted[0] ?? "")).toEqual({ granted: true, payload: jobNamed("j").payload });
      expect(await jobs.read("j")).toMatchObject({ state: "RUNNING", epoch: 1 });
    }));

  test("what a change promised is kept until it is settled", () =>
    play(async ({ join }) => {
      const { jobs } = await join("scheduler-1");
      await dispatched(jobs, "j");
      const [entry] = (await jobs.read("j"))?.outbox ?? [];
      expect(entry?.intents).toEqual([dispatch]);
      await jobs.settle("j", entry?.revision ?? 0);
      expect((await jobs.read("j"))?.outbox).toEqual([]);
    }));

  test("unfinished jobs are known by their age, and forgotten when they have ended", () =>
    play(async ({ join, clock, eventually }) => {
      const { jobs } = await join("scheduler-1");
      const old = (olderThanMs: number) => jobs.unfinished({ olderThanMs, offset: 0, limit: 10 });
      for (const id of ["a", "b", "c"]) {
        await jobs.create(jobNamed(id), []);
        await clock.sleep(2);
      }
      expect(await old(60_000)).toEqual([]);
      await eventually(async () => expect(await old(100)).toEqual(["a", "b", "c"]));
      expect(await jobs.unfinished({ olderThanMs: 0, offset: 1, limit: 1 })).toEqual(["b"]);
      const { revision = 0 } = { ...(await jobs.open("b")) };
      await jobs.advance({ id: "b", revision, from: "PENDING", path: ["CANCELLED"], epoch: 0, intents: [] });
      for (const id of ["a", "b"]) await jobs.forgetFinished(id);
      expect(await old(0)).toEqual(["a", "c"]);
      expect(await jobs.recent({ offset: 0, limit: 2 })).toEqual(["c", "b"]);
    }));
});
