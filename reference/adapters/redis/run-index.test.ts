import { describe, expect, test } from "vitest";

import type { Run, RunState } from "../../domain/workflow/mod.ts";
import type { Redis, Runs } from "../../ports/mod.ts";
import { testParts } from "./parts.test-support.ts";
import { tampered, useRedisClient } from "./redis.test-support.ts";
import { basedOn, newRun } from "./run.test-support.ts";
import { redisRuns } from "./runs.ts";

const redis = useRedisClient();

function runsOver(over: Redis = redis): Runs {
  return redisRuns({ ...testParts("workflow-1"), redis: over, metaTtlMs: 60_000 });
}

/** Redis that takes scripts and single commands, and refuses to write indexes. */
const withoutPipelines: Redis = {
  command: (...command) => redis.command(...command),
  script: (...call) => redis.script(...call),
  pipeline: () => Promise.reject(new Error("Redis is away")),
};

let tenants = 0;
const freshTenant = (): string => `tenant-${++tenants}`;

async function create(runs: Runs, changes: Partial<Run> = {}): Promise<string> {
  const run = newRun(changes);
  await runs.create(run, []);
  return run.id;
}

async function lead(runs: Runs, id: string, state: RunState, owing = false): Promise<void> {
  const stored = await runs.open(id);
  if (!stored) throw new Error(`${id} is missing`);
  const intents = owing ? [{ kind: "wake-at", unixMs: 1 } as const] : [];
  await runs.save({ ...basedOn(stored, state), intents });
}

const all = { offset: 0, limit: 100 };
const idsOf = (runs: readonly Run[]): string[] => runs.map(({ id }) => id);

describe("the unfinished runs", () => {
  test("come oldest first, a page at a time, until they have ended and owe nothing", async () => {
    const runs = runsOver();
    const ids = [];
    for (const createdUnixMs of [3, 1, 4, 2]) ids.push(await create(runs, { createdUnixMs }));
    const [third, first, fourth, second] = ids as [string, string, string, string];
    expect(await runs.unfinished({ offset: 0, limit: 3 })).toEqual([first, second, third]);
    expect(await runs.unfinished({ offset: 3, limit: 1 })).toEqual([fourth]);
    await lead(runs, first, "succeeded");
    await lead(runs, second, "failed", true);
    expect((await runs.unfinished(all)).slice(0, 3)).toEqual([second, third, fourth]);
    await runs.forgetFinished(second);
    await runs.forgetFinished(third);
    expect((await runs.unfinished(all)).slice(0, 3)).toEqual([second, third, fourth]);
    await runs.settle(second, 2);
    await runs.forgetFinished(second);
    expect((await runs.unfinished(all)).slice(0, 2)).toEqual([third, fourth]);
  });

  test("are listed before they are made, and one without a record is forgotten only when it is old", async () => {
    const dying = runsOver(tampered(redis, "run-create", () => Promise.reject(new Error("died"))));
    const [young, old] = [newRun({ createdUnixMs: Date.now() }), newRun({ createdUnixMs: Date.now() - 3_600_000 })];
    const runs = runsOver();
    for (const run of [young, old]) {
      await expect(dying.create(run, [])).rejects.toThrow("died");
      await runs.forgetFinished(run.id);
    }
    const unfinished = await runs.unfinished(all);
    expect([unfinished.includes(young.id), unfinished.includes(old.id)]).toEqual([true, false]);
  });
});

describe("a tenant's runs", () => {
  test("are listed newest first, by workflow and by state, and no other tenant's among them", async () => {
    const runs = runsOver();
    const [tenant, other] = [freshTenant(), freshTenant()];
    const definition = { ...newRun().definition, id: "other" };
    const first = await create(runs, { tenant });
    const second = await create(runs, { tenant, definition });
    const third = await create(runs, { tenant });
    await create(runs, { tenant: other });
    await lead(runs, third, "running");
    expect(idsOf(await runs.list(tenant, all))).toEqual([third, second, first]);
    expect(idsOf(await runs.list(tenant, { offset: 1, limit: 1 }))).toEqual([second]);
    expect(idsOf(await runs.list(tenant, { ...all, workflow: "pipeline" }))).toEqual([third, first]);
    expect(idsOf(await runs.list(tenant, { ...all, state: "pending" }))).toEqual([second, first]);
    expect(idsOf(await runs.list(tenant, { ...all, state: "pending", workflow: "pipeline" }))).toEqual([first]);
    expect(await runs.list(freshTenant(), all)).toEqual([]);
  });

  test("are never shown in a state that they are not in, whatever the index says", async () => {
    const tenant = freshTenant();
    const runs = runsOver();
    const id = await create(runs, { tenant });
    await lead(runsOver(withoutPipelines), id, "running");
    expect(await runs.list(tenant, { ...all, state: "pending" })).toEqual([]);
  });

  test("are in all their lists again when they have ended, whatever writes of the indexes were lost", async () => {
    const tenant = freshTenant();
    const [runs, unlucky] = [runsOver(), runsOver(withoutPipelines)];
    const id = await create(unlucky, { tenant });
    await lead(unlucky, id, "succeeded");
    expect(await runs.list(tenant, all)).toEqual([]);
    expect(await runs.unfinished(all)).toContain(id);
    await runs.forgetFinished(id);
    expect(await runs.unfinished(all)).not.toContain(id);
    for (const query of [all, { ...all, workflow: "pipeline" }, { ...all, state: "succeeded" as const }]) {
      expect(idsOf(await runs.list(tenant, query))).toEqual([id]);
    }
    expect(await redis.command("ZSCORE", `wf:runs:status:pending:${tenant}`, id)).toBeNull();
  });

  test("leave the lists when they are asked for and their records have expired", async () => {
    const tenant = freshTenant();
    const runs = runsOver();
    const [gone, kept] = [await create(runs, { tenant }), await create(runs, { tenant })];
    await redis.command("DEL", `wf:run:${gone}`);
    expect(idsOf(await runs.list(tenant, all))).toEqual([kept]);
    expect(await redis.command("ZCARD", `wf:runs:all:${tenant}`)).toBe(1);
  });

  test("are found beyond a page of others", async () => {
    const tenant = freshTenant();
    const runs = runsOver();
    const wanted = await create(runs, { tenant, state: "waiting" });
    for (let other = 0; other < 120; other++) await create(runs, { tenant });
    const query = { ...all, workflow: "pipeline", state: "waiting" } as const;
    expect(idsOf(await runs.list(tenant, query))).toEqual([wanted]);
  });
});
