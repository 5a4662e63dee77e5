import { describe, expect, test } from "vitest";

import { basedOn, newRun } from "../../reference/adapters/redis/run.test-support.ts";
import type { Runs, StoredRun } from "../../reference/ports/mod.ts";
import { useArms } from "./arms.test-support.ts";

async function opened(runs: Runs, id: string): Promise<StoredRun> {
  const stored = await runs.open(id);
  if (!stored) throw new Error(`${id} is missing`);
  return stored;
}

describe.each(useArms())("runs, $name", ({ play }) => {
  test("a run is made once, and reads as it was made, to the last empty list", () =>
    play(async ({ join }) => {
      const { runs } = await join("gateway-1");
      const run = newRun();
      expect(await runs.create(run, [{ kind: "wake-at", unixMs: 5 }])).toMatchObject({ created: true });
      expect(await runs.create({ ...run, input: "other" }, [])).toMatchObject({ created: false });
      const outbox = [{ version: 1, intents: [{ kind: "wake-at", unixMs: 5 }] }];
      expect(await runs.read(run.id)).toEqual({ run, version: 1, epoch: 0, outbox });
      await runs.settle(run.id, 1);
      expect((await runs.read(run.id))?.outbox).toEqual([]);
    }));

  test("whoever opens a run fences off who opened it before", () =>
    play(async ({ join }) => {
      const [one, two] = [await join("workflow-1"), await join("workflow-2")];
      const run = newRun();
      await one.runs.create(run, []);
      const [early, late] = [await opened(one.runs, run.id), await opened(two.runs, run.id)];
      expect(await one.runs.save(basedOn(early, "running"))).toMatchObject({ accepted: false });
      expect(await two.runs.save(basedOn(late, "running"))).toEqual({ accepted: true, version: 2 });
      expect(await two.runs.save(basedOn(late, "failed"))).toMatchObject({ accepted: false });
      expect((await one.runs.read(run.id))?.run.state).toBe("running");
    }));

  test("a run's story is told in order, and a run that has ended is forgotten among the unfinished", () =>
    play(async ({ join }) => {
      const { runs } = await join("workflow-1");
      const [going, ended] = [newRun(), newRun()];
      for (const run of [going, ended]) await runs.create(run, []);
      const timeline = ["run_started", "run_succeeded"].map((event, index) => ({ unixMs: index, event }));
      await runs.save({ ...basedOn(await opened(runs, ended.id), "succeeded"), timeline });
      expect((await runs.timeline(ended.id)).map(({ event }) => event)).toEqual(["run_started", "run_succeeded"]);
      for (const { id } of [going, ended]) await runs.forgetFinished(id);
      expect(await runs.unfinished({ offset: 0, limit: 10 })).toEqual([going.id]);
    }));

  test("a tenant's runs are listed newest first, and no others", () =>
    play(async ({ join }) => {
      const { runs } = await join("gateway-1");
      const own = [newRun(), newRun(), newRun()];
      for (const run of [...own, newRun({ tenant: "other" })]) await runs.create(run, []);
      const listed = await runs.list("acme", { offset: 0, limit: 2 });
      expect(listed.map(({ id }) => id)).toEqual([own[2]?.id, own[1]?.id]);
      expect(await runs.list("acme", { state: "failed", offset: 0, limit: 9 })).toEqual([]);
    }));
});
