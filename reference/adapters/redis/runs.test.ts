import { describe, expect, test } from "vitest";

import type { Run, RunIntent } from "../../domain/workflow/mod.ts";
import type { Redis, Runs, StoredRun } from "../../ports/mod.ts";
import { withoutRunVersions } from "../../without/run-version.ts";
import { withoutStepOutbox } from "../../without/step-outbox.ts";
import { testParts } from "./parts.test-support.ts";
import { tampered, useRedisClient } from "./redis.test-support.ts";
import { basedOn, newRun } from "./run.test-support.ts";
import { redisRuns } from "./runs.ts";

const redis = useRedisClient();
const dayMs = 86_400_000;

function runsOf(over: Redis = redis) {
  const parts = testParts("workflow-1");
  return { ...parts, runs: redisRuns({ ...parts, redis: over, metaTtlMs: dayMs }) };
}

const wake: RunIntent = { kind: "wake-at", unixMs: 5 };

async function opened(runs: Runs, id: string): Promise<StoredRun> {
  const stored = await runs.open(id);
  if (!stored) throw new Error(`${id} is missing`);
  return stored;
}

async function created(runs: Runs, changes: Partial<Run> = {}): Promise<Run> {
  const run = newRun(changes);
  await runs.create(run, []);
  return run;
}

describe("a new run", () => {
  test("reads as it was made, to the last empty list, with its intents", async () => {
    const { runs, writes, metric } = runsOf();
    const run = newRun();
    const stored = { run, version: 1, epoch: 0, outbox: [{ version: 1, intents: [wake] }] };
    expect(await runs.create(run, [wake])).toEqual({ created: true, stored });
    expect(await runs.read(run.id)).toEqual(stored);
    expect(writes).toMatchObject([{ job: run.id, accepted: true, from: "NONE", to: "pending", epoch: 0 }]);
    expect(metric("workflowRuns", { state: "pending" })).toBe(1);
  });

  test("is made once, however often it is made, and given back as it is", async () => {
    const { runs, writes } = runsOf();
    const run = await created(runs);
    await runs.save(basedOn(await opened(runs, run.id), "running"));
    const again = await runs.create({ ...run, input: "other" }, [wake]);
    expect(again).toMatchObject({ created: false, stored: { version: 2, outbox: [], run: { state: "running" } } });
    expect(again.stored.run.input).toEqual({});
    expect(writes.map(({ accepted }) => accepted)).toEqual([true, true, false]);
  });

  test("that does not exist reads as nothing, and cannot be saved", async () => {
    const { runs } = runsOf();
    expect([await runs.read("none"), await runs.open("none"), await runs.timeline("none")]).toEqual([
      ...[undefined, undefined, []],
    ]);
    const stored = { run: newRun({ id: "none" }), version: 0, epoch: 0, outbox: [] };
    expect(await runs.save(basedOn(stored))).toEqual({ accepted: false, version: 0 });
    expect(await redis.command("EXISTS", "wf:run:none")).toBe(0);
  });
});

describe("a change", () => {
  test("leaves document, intents and timeline together, and names its outbox entry", async () => {
    const { runs, writes } = runsOf();
    const run = await created(runs);
    const timeline = [
      { unixMs: 1, event: "step_started", step: "only" },
      { unixMs: 2, event: "run_started" },
    ];
    const change = { ...basedOn(await opened(runs, run.id), "running"), intents: [wake], timeline, section: "sec-1" };
    expect(await runs.save(change)).toEqual({ accepted: true, version: 2 });
    expect(await runs.read(run.id)).toEqual({
      ...{ run: change.run, version: 2, epoch: 1, outbox: [{ version: 2, intents: [wake] }] },
    });
    expect(await runs.timeline(run.id)).toEqual(timeline);
    expect(writes.at(-1)).toMatchObject({ section: "sec-1", accepted: true, from: "pending", to: "running", epoch: 1 });
  });

  test("is refused when somebody has opened the run since, though nobody wrote", async () => {
    const { runs, writes, metric } = runsOf();
    const run = await created(runs);
    const early = await opened(runs, run.id);
    const late = await opened(runs, run.id);
    expect(await runs.save({ ...basedOn(early, "failed"), intents: [wake] })).toEqual({ accepted: false, version: 1 });
    expect(await runs.read(run.id)).toMatchObject({ run: { state: "pending" }, outbox: [] });
    expect(metric("workflowWritesRefused")).toBe(1);
    expect(writes.at(-1)).toMatchObject({ accepted: false, to: "failed" });
    expect(await runs.save(basedOn(late, "running"))).toMatchObject({ accepted: true });
  });

  test("is refused when it was made before: a second save needs a second opening", async () => {
    const { runs } = runsOf();
    const run = await created(runs);
    const stored = await opened(runs, run.id);
    await runs.save(basedOn(stored, "running"));
    expect(await runs.save(basedOn(stored, "cancelled"))).toEqual({ accepted: false, version: 2 });
  });

  test("of twenty that were made on their own openings at once, one is written at a time and none over another", async () => {
    const { runs } = runsOf();
    const run = await created(runs, { input: 0 });
    const add = async (): Promise<void> => {
      for (;;) {
        const stored = await opened(runs, run.id);
        const change = { ...basedOn(stored), run: { ...stored.run, input: Number(stored.run.input) + 1 } };
        if ((await runs.save(change)).accepted) return;
      }
    };
    await Promise.all(Array.from({ length: 20 }, add));
    expect((await runs.read(run.id))?.run.input).toBe(20);
  });

  test("overwrites what another wrote when the version is left out", async () => {
    const runs = withoutRunVersions(runsOf().runs);
    const run = await created(runs);
    const early = await opened(runs, run.id);
    await runs.save(basedOn(await opened(runs, run.id), "running"));
    expect(await runs.save(basedOn(early, "failed"))).toMatchObject({ accepted: true });
    expect((await runs.read(run.id))?.run.state).toBe("failed");
  });

  test("to an end lets the record expire", async () => {
    const { runs } = runsOf();
    const run = await created(runs);
    await runs.save(basedOn(await opened(runs, run.id), "running"));
    expect(await redis.command("PTTL", `wf:run:${run.id}`)).toBe(-1);
    await runs.save(basedOn(await opened(runs, run.id), "succeeded"));
    expect(await redis.command("PTTL", `wf:run:${run.id}`)).toBeGreaterThan(dayMs / 2);
  });

  test("keeps the newest 1,000 entries of the timeline", async () => {
    const { runs } = runsOf();
    const run = await created(runs);
    for (let batch = 0; batch < 3; batch++) {
      const timeline = Array.from({ length: 400 }, (_, line) => ({
        unixMs: batch * 400 + line,
        event: "step_started",
      }));
      await runs.save({ ...basedOn(await opened(runs, run.id)), timeline });
    }
    const told = await runs.timeline(run.id);
    expect([told.length, told[0]?.unixMs, told.at(-1)?.unixMs]).toEqual([1_000, 200, 1_199]);
    expect(await redis.command("HLEN", `wf:run:${run.id}`)).toBeLessThan(1_010);
  });
});

describe("an outbox entry", () => {
  test("stays until it is settled, while others come", async () => {
    const { runs } = runsOf();
    const run = newRun();
    await runs.create(run, [wake]);
    await runs.save({ ...basedOn(await opened(runs, run.id)), intents: [wake] });
    expect((await opened(runs, run.id)).outbox.map(({ version }) => version)).toEqual([1, 2]);
    await runs.settle(run.id, 1);
    await runs.settle(run.id, 1);
    await runs.save({ ...basedOn(await opened(runs, run.id)), intents: [wake] });
    expect((await runs.read(run.id))?.outbox.map(({ version }) => version)).toEqual([2, 3]);
    expect(await redis.command("HGET", `wf:run:${run.id}`, "outbox")).toBe("2 3");
  });

  test("of a record that is gone brings nothing back when it is settled", async () => {
    await runsOf().runs.settle("gone", 1);
    expect(await redis.command("EXISTS", "wf:run:gone")).toBe(0);
  });

  test("is not there when the outbox is left out", async () => {
    const runs = withoutStepOutbox(runsOf().runs);
    const run = newRun();
    await runs.create(run, [wake]);
    await runs.save({ ...basedOn(await opened(runs, run.id)), intents: [wake] });
    expect((await runs.read(run.id))?.outbox).toEqual([]);
  });
});

describe("a script", () => {
  test("touches the key of one run alone, so that a cluster takes it", async () => {
    const keys = new Set<string>();
    const watched: Redis = {
      ...redis,
      script: (script, named, args) => {
        for (const key of named) keys.add(key);
        return redis.script(script, named, args);
      },
    };
    const { runs } = runsOf(watched);
    const run = await created(runs);
    await runs.save(basedOn(await opened(runs, run.id), "running"));
    await runs.timeline(run.id);
    expect([...keys]).toEqual([`wf:run:${run.id}`]);
  });

  test("whose answer was lost has done its work once", async () => {
    const lost = tampered(redis, "run-save", async (pass) => {
      await pass();
      throw new Error("no answer");
    });
    const unlucky = runsOf(lost).runs;
    const run = await created(unlucky);
    const stored = await opened(unlucky, run.id);
    await expect(unlucky.save(basedOn(stored, "running"))).rejects.toThrow("no answer");
    expect(await runsOf().runs.save(basedOn(stored, "running"))).toEqual({ accepted: false, version: 2 });
  });
});
