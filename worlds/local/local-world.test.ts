import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { expect, test } from "vitest";

import { systemClock } from "../../core/mod.ts";
import { isStopped } from "./process-identity.ts";
import { processesOf } from "./stub/processes-of.test-support.ts";
import { bootStubs, type StubWorld } from "./stub/stub-world.test-support.ts";

test("boots every replica as a process of its own, and leaves nothing but the record", async () => {
  const stubs = await bootStubs({ cluster: { gateways: 2, schedulers: 1, workers: 1 } });
  const { world, folder } = stubs;
  expect(world.replicas().map(({ id, state }) => `${id} ${state}`)).toEqual([
    "gateway-1 ready",
    "gateway-2 ready",
    "scheduler-1 ready",
    "worker-1 ready",
  ]);
  expect(world.gateways().map(({ id }) => id)).toEqual(["gateway-1", "gateway-2"]);
  expect(world.versions).toEqual({
    redis: expect.stringMatching(/^\d+\.\d+/) as string,
    nats: expect.stringMatching(/^\d+\.\d+/) as string,
  });
  // Redis, NATS, the reaper and four replicas.
  expect(processesOf(folder)).toHaveLength(7);

  await world.close();
  expect(processesOf(folder)).toEqual([]);
  expect(existsSync(join(folder, "data"))).toBe(false);
  expect(existsSync(join(folder, "logs", "scheduler-1.log"))).toBe(true);
  expect(phasesOf(stubs, "worker-1")).toEqual(["starting", "ready", "stopping", "exited 0"]);
  await stubs[Symbol.asyncDispose]();
});

test("gives workers its own work: the execution and its effect are written down", async () => {
  await using stubs = await bootStubs();
  expect(stubs.historyOf("worker-1").filter(({ kind }) => kind === "execution")).toMatchObject([
    { who: "worker-1", phase: "begin", job: "job-of-worker-1", epoch: 1 },
    { who: "worker-1", phase: "end", job: "job-of-worker-1", epoch: 1, outcome: "succeeded" },
  ]);
  expect(stubs.historyOf("sink")).toMatchObject([
    { who: "sink", kind: "effect", job: "job-of-worker-1", epoch: 1, worker: "worker-1", decision: "accepted" },
  ]);
  expect(stubs.world.witnessFiles().map((path) => path.split("/").at(-1))).toContain("sink.jsonl");
});

test("kills a replica, and starts it again under its address", async () => {
  await using stubs = await bootStubs();
  const { world } = stubs;
  const before = urlOf(stubs, "gateway-1");
  await world.kill("gateway-1");
  expect(world.replicas()[0]?.state).toBe("exited");
  await expect(fetch(before)).rejects.toThrow("fetch failed");

  await world.restart("gateway-1");
  expect(urlOf(stubs, "gateway-1")).toBe(before);
  expect(await get(before)).toBe("1");
  expect(phasesOf(stubs, "gateway-1")).toEqual(["starting", "ready", "exited SIGKILL", "starting", "ready"]);
});

test("waits for the address of a replica when somebody has taken it meanwhile", async () => {
  await using stubs = await bootStubs({ cluster: { gateways: 1, schedulers: 0, workers: 0 } });
  await stubs.world.kill("gateway-1");
  const thief = createServer().listen(Number(new URL(urlOf(stubs, "gateway-1")).port), "127.0.0.1");
  await once(thief, "listening");
  const restarted = stubs.world.restart("gateway-1");
  await expect.poll(() => phasesOf(stubs, "gateway-1"), { timeout: 20_000 }).toContain("exited 1");
  thief.close();
  await restarted;
  expect(await get(urlOf(stubs, "gateway-1"))).toBe("1");
});

test("pauses and resumes a replica, which notices that it slept", async () => {
  await using stubs = await bootStubs();
  const { world } = stubs;
  await world.pause("scheduler-1");
  expect(isStopped(pidOf(stubs, "scheduler-1"))).toBe(true);
  await systemClock().sleep(200);
  await world.resume("scheduler-1");
  expect(await get(urlOf(stubs, "scheduler-1"))).toBe("1");
  await expect.poll(() => longestStallMs(stubs, "scheduler-1")).toBeGreaterThanOrEqual(200);
  expect(phasesOf(stubs, "scheduler-1")).toEqual(["starting", "ready", "paused", "resumed"]);
});

test("stops a paused replica gracefully", async () => {
  await using stubs = await bootStubs();
  await stubs.world.pause("worker-1");
  await stubs.world.stop("worker-1");
  expect(phasesOf(stubs, "worker-1").slice(2)).toEqual(["paused", "stopping", "resumed", "exited 0"]);
});

test("kills a replica that does not stop within its budget", async () => {
  await using stubs = await bootStubs({ variables: { LOG_LEVEL: "stubborn", SHUTDOWN_TIMEOUT: "1ms" } });
  await stubs.world.stop("gateway-1");
  expect(phasesOf(stubs, "gateway-1").slice(2)).toEqual(["stopping", "exited SIGKILL"]);
});

test("adds a replica, which picks the next number", async () => {
  await using stubs = await bootStubs();
  expect(await stubs.world.join("worker")).toBe("worker-2");
  expect(await get(urlOf(stubs, "worker-2"))).toBe("1");
});

test("picks replicas by id, by role and by leadership", async () => {
  await using stubs = await bootStubs({ cluster: { gateways: 1, schedulers: 2, workers: 0 } });
  const { world } = stubs;
  expect(await world.pick("scheduler-2")).toEqual(["scheduler-2"]);
  expect(await world.pick("scheduler")).toEqual(["scheduler-1", "scheduler-2"]);
  expect(await world.pick("scheduler.leader")).toHaveLength(1);
  await world.kill("scheduler-1");
  expect(await world.pick("scheduler")).toEqual(["scheduler-2"]);
  await world.kill("scheduler-2");
  await expect(world.pick("scheduler.leader")).rejects.toThrow("no scheduler leads");
  await expect(world.pick("worker")).rejects.toThrow("no worker is running");
  await expect(world.pick("schedular-2")).rejects.toThrow('"schedular-2" means no replica');
});

test("refuses what cannot be done to a replica in its state", async () => {
  await using stubs = await bootStubs();
  await stubs.world.kill("worker-1");
  await expect(stubs.world.pause("worker-1")).rejects.toThrow("Cannot pause worker-1: it is exited");
  await expect(stubs.world.restart("gateway-1")).rejects.toThrow("Cannot start gateway-1: it is ready");
});

function phasesOf({ observations }: StubWorld, id: string): string[] {
  return observations.flatMap((each) =>
    each.kind === "replica" && each.replica === id
      ? [[each.phase, each.exitCode, each.signal].filter((part) => part !== undefined).join(" ")]
      : [],
  );
}

function pidOf({ observations }: StubWorld, id: string): number {
  const event = observations.findLast((each) => each.kind === "replica" && each.replica === id);
  return (event?.kind === "replica" ? event.pid : undefined) ?? 0;
}

function urlOf({ world }: StubWorld, id: string): string {
  return world.replicas().find((replica) => replica.id === id)?.url ?? "";
}

async function get(url: string): Promise<string> {
  return (await fetch(url)).text();
}

function longestStallMs(stubs: StubWorld, who: string): number {
  const stalls = stubs.historyOf(who).map((event) => (event.kind === "stall" ? event.lastedMs : 0));
  return Math.max(0, ...stalls);
}
