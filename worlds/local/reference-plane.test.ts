import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { fastTuning } from "../../reference/config/config.ts";
import { entryPath } from "./entry-path.ts";
import { processesOf } from "./stub/processes-of.test-support.ts";
import { bootStubs, type StubWorld } from "./stub/stub-world.test-support.ts";

const plane = {
  replicaEntry: entryPath("replica-main", import.meta.url),
  variables: { ...fastTuning(), CORDUM_API_KEYS: "key:tenant" },
};

test("the reference plane boots, elects a leader, and goes without leaving anything", async () => {
  await using planeWorld = await bootStubs(plane);
  const { world, folder, observations } = planeWorld;
  expect(world.replicas().map(({ state }) => state)).toEqual(["ready", "ready", "ready"]);
  expect(await world.pick("scheduler.leader")).toEqual(["scheduler-1"]);
  await world.close();
  expect(processesOf(folder)).toEqual([]);
  expect(existsSync(join(folder, "data"))).toBe(false);
  const exits = observations.filter((each) => each.kind === "replica" && each.phase === "exited");
  expect(exits).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }, { exitCode: 0 }]);
});

test("a job's dispatch, its execution and its effect are each seen by their own witness", async () => {
  await using planeWorld = await bootStubs(plane);
  const job = await submit(planeWorld);
  await expect.poll(() => kindsOf(planeWorld, "sink"), { timeout: 30_000 }).toEqual(["effect"]);
  await planeWorld.world.close();
  expect(planeWorld.historyOf("tap")).toMatchObject([{ kind: "dispatch", job, epoch: 1 }]);
  expect(planeWorld.historyOf("sink")).toMatchObject([{ job, epoch: 1, worker: "worker-1", decision: "accepted" }]);
  expect(planeWorld.historyOf("worker-1").filter(({ kind }) => kind === "execution")).toMatchObject([
    { phase: "begin", job, epoch: 1 },
    { phase: "end", job, epoch: 1, outcome: "succeeded" },
  ]);
});

test("a worker that crashes when it has claimed a job leaves it to another, under a new epoch", async () => {
  await using planeWorld = await bootStubs(plane);
  const { world } = planeWorld;
  const trap = await world.setTrap("worker-1", { call: "jobs.claim", when: "after", action: "kill" });
  const job = await submit(planeWorld);
  await trap.sprung;
  await world.restart("worker-1");
  await expect.poll(() => kindsOf(planeWorld, "sink"), { timeout: 40_000 }).toEqual(["effect"]);
  expect(planeWorld.historyOf("sink")).toMatchObject([{ job, epoch: 2, decision: "accepted" }]);
});

test("traps can be set at the calls of every port, in the role that makes them", async () => {
  const cluster = { gateways: 1, schedulers: 1, workflows: 1, workers: 1 };
  await using planeWorld = await bootStubs({ ...plane, cluster });
  const calls = {
    "gateway-1": ["jobs.create", "bus.publish", "limiter.admit", "idempotency.reserve", "workerSnapshots.read"],
    "scheduler-1": ["jobs.advance", "bus.deliver:sys.job.submit", "locks.acquire", "leases.campaign", "outbox.deliver"],
    "workflow-1": ["runs.open", "runs.save", "runs.settle", "runTimers.clear", "bus.deliver:sys.workflow.command"],
    "worker-1": ["jobs.claim", "bus.publish", "bus.deliver:worker.worker-1.jobs", "deadLetters.record"],
  };
  expect(await planeWorld.world.pick("workflow.leader")).toEqual(["workflow-1"]);
  for (const [id, named] of Object.entries(calls)) {
    for (const call of named) {
      const set = planeWorld.world.setTrap(id, { call, when: "before", action: "kill", nth: 1_000_000 });
      await expect(set, `${id} ${call}`).resolves.toHaveProperty("sprung");
    }
  }
});

async function submit({ world }: StubWorld): Promise<string> {
  const response = await fetch(`${world.gateways()[0]?.url}/api/v1/jobs`, {
    method: "POST",
    headers: { "X-API-Key": "key", "Content-Type": "application/json" },
    body: JSON.stringify({ topic: "job.default", payload: { workMs: 5 } }),
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { job_id: string }).job_id;
}

function kindsOf(planeWorld: StubWorld, who: string): string[] {
  return planeWorld.historyOf(who).map(({ kind }) => kind);
}
