import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { GenericContainer, Network, Wait } from "testcontainers";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";

import { planTrials } from "../cli/run/plan.ts";
import { runTrial } from "../cli/run/trial.ts";
import type { HistoryEvent, Observation, TrialWorld } from "../core/mod.ts";
import { connectRedis, sharedLimiter } from "../reference/adapters/redis/mod.ts";
import { testParts } from "../reference/adapters/redis/parts.test-support.ts";
import { command, docker, linesIn } from "../worlds/compose/docker/command.ts";
import { findEngine } from "../worlds/compose/docker/engine.ts";
import { bootComposeWorld } from "../worlds/compose/mod.ts";
import { harnessLabel, removeStaleProjects } from "../worlds/compose/project/leftovers.ts";
import { quietPort } from "../worlds/local/links/quiet-port.ts";
import { useEngine } from "./containers/engine.test-support.ts";
import { worldOptions } from "./containers/world-options.test-support.ts";

vi.setConfig({ testTimeout: 240_000 });

const engine = useEngine();
const root = join(import.meta.dirname, "..");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seatrial-containers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

test("a plane in containers is killed, paused, restarted, joined and stopped, and leaves nothing", async () => {
  const seen: Observation[] = [];
  await using world = await bootComposeWorld(worldOptions(folder, { witness: { record: (each) => seen.push(each) } }));
  expect(world.replicas().map(({ id, state }) => `${id} ${state}`)).toEqual([
    ...["gateway-1 ready", "scheduler-1 ready", "worker-1 ready"],
  ]);
  expect(await world.pick("scheduler.leader")).toEqual(["scheduler-1"]);
  const job = await submit(world);
  await expect.poll(() => historyOf("sink"), { timeout: 30_000 }).toMatchObject([{ job, decision: "accepted" }]);

  const url = world.gateways()[0]?.url ?? "";
  await world.kill("gateway-1");
  await expect(fetch(`${url}/health`)).rejects.toThrow("fetch failed");
  await world.restart("gateway-1");
  expect((await fetch(`${url}/health`)).status).toBe(200);
  await world.pause("worker-1");
  await expect(world.pause("worker-1")).rejects.toThrow("it is paused");
  await world.resume("worker-1");
  expect(await world.join("worker")).toBe("worker-2");
  await world.stop("worker-2");
  await expect(world.setTrap("worker-1", { call: "jobs.claim", when: "before", action: "kill" })).rejects.toThrow(
    "it runs in a container",
  );
  await world.close();

  expect(await leftOf()).toEqual([]);
  expect(phasesOf(seen, "gateway-1")).toEqual([
    "starting",
    "ready",
    "exited SIGKILL",
    "starting",
    "ready",
    "stopping",
    "exited 0",
  ]);
  expect(phasesOf(seen, "worker-1")).toEqual(["starting", "ready", "paused", "resumed", "stopping", "exited 0"]);
  expect(phasesOf(seen, "worker-2")).toEqual(["starting", "ready", "stopping", "exited 0"]);
  expect(historyOf("tap")).toMatchObject([{ kind: "dispatch", job }]);
  expect(historyOf("worker-1")).toContainEqual(expect.objectContaining({ kind: "execution", phase: "end", job }));
  expect(existsSync(join(folder, "data"))).toBe(false);
});

test("a scenario passes in containers", async () => {
  const [plan] = planTrials("two-replica-health", { ...choices, world: "compose" });
  if (!plan) throw new Error("the scenario has no plan");
  const progress = { step: () => undefined, live: () => undefined, done: () => undefined };
  const { record } = await runTrial(plan, { out: folder, progress, signal: new AbortController().signal });
  expect(record).toMatchObject({ status: "passed", world: "compose" });
  expect(await leftOf()).toEqual([]);
});

test("a link between containers is cut, and works again when it is healed", async (context) => {
  if (!engine.hasToxiproxy) context.skip("there is no toxiproxy-server (doctor --fix --for faults)");
  await using world = await bootComposeWorld(worldOptions(folder, { links: true }));
  const url = world.gateways()[0]?.url ?? "";
  const status = async (): Promise<unknown> => (await fetch(`${url}/api/v1/status`)).json();
  expect(await status()).toMatchObject({ redis: { ok: true } });
  const fromClients = await world.disturb({ from: "clients", to: "gateway-1" }, { kind: "cut" });
  await expect(status()).rejects.toThrow("fetch failed");
  await fromClients.heal();
  const toRedis = await world.disturb({ from: "gateway-1", to: "redis" }, { kind: "cut" });
  await expect.poll(status, { timeout: 30_000 }).toMatchObject({ redis: { ok: false } });
  await toRedis.heal();
  await expect.poll(status, { timeout: 30_000 }).toMatchObject({ redis: { ok: true } });
  await expect(world.disturb({ from: "gateway-2", to: "redis" }, { kind: "cut" })).rejects.toThrow("no link");
});

test("when the harness is killed, its containers and its network go, even a paused replica", async () => {
  const entry = fileURLToPath(new URL("./containers/harness.test-support.ts", import.meta.url));
  const harness = spawn(process.execPath, [entry, folder], { stdio: ["ignore", "pipe", "inherit"] });
  await Promise.race([once(harness.stdout, "data"), once(harness, "exit")]);
  // Redis, NATS, three replicas, the network and two volumes.
  expect(await leftOf()).toHaveLength(8);
  harness.kill("SIGKILL");
  await expect.poll(leftOf, { timeout: 60_000 }).toEqual([]);
  await expect.poll(() => existsSync(join(folder, "data")), { timeout: 60_000 }).toBe(false);
});

test("an interrupt while containers are created leaves nothing", async () => {
  const controller = new AbortController();
  const progress = (line: string): void => {
    if (line.startsWith("Redis")) controller.abort(new Error("somebody pressed Ctrl-C"));
  };
  const booting = bootComposeWorld(worldOptions(folder, { signal: controller.signal, progress }));
  await expect(booting).rejects.toThrow("somebody pressed Ctrl-C");
  expect(await leftOf()).toEqual([]);
});

test("what a harness left that is gone is removed, and what belongs to a living one is not", async () => {
  const network = (name: string, harness: string): Promise<string> => {
    const labels = [`com.docker.compose.project=${name}`, `${harnessLabel}=${harness}`];
    return docker(["network", "create", ...labels.flatMap((label) => ["--label", label]), name]);
  };
  await network("seatrial-dead", `${process.pid}@1`);
  await network("seatrial-alive", `${process.pid}@`);
  onTestFinished(async () => void (await docker(["network", "rm", "seatrial-alive"])));
  expect(await removeStaleProjects()).toEqual(["seatrial-dead"]);
  expect(linesIn(await docker(["network", "ls", "--format", "{{.Name}}"]))).toContain("seatrial-alive");
});

test("the documented commands bring up a second replica of each role, and both gateways tell their status", async () => {
  const { compose } = await findEngine();
  const [first, second, toxiproxy] = [await quietPort(), await quietPort(), await quietPort()];
  const ports = { API_GATEWAY_PORT: `${first}`, API_GATEWAY_2_PORT: `${second}`, TOXIPROXY_PORT: `${toxiproxy}` };
  const env = { ...process.env, ...ports, SEATRIAL_HEALTH_INTERVAL: "1s" };
  const files = ["-p", "seatrial-ha-test", "-f", join(root, "docker-compose.yml"), "-f", haFile];
  const scale = engine.hasToxiproxy ? [] : ["--scale", "toxiproxy=0"];
  onTestFinished(async () => void (await command([...compose, ...files, "down", "-v"], { env })));
  await command([...compose, ...files, "up", "-d", "--build", ...scale], { env, timeoutMs: 200_000 });
  for (const port of [first, second]) {
    const status = async (): Promise<unknown> =>
      (await fetch(`http://127.0.0.1:${port}/api/v1/status`)).json().catch(String);
    await expect
      .poll(() => status().catch(String), { timeout: 60_000 })
      .toMatchObject({ status: "ok", nats: { connected: true }, redis: { ok: true }, workers: { count: 2 } });
  }
});

test("the shared limiter holds its limit on a Redis in a container", async () => {
  await using network = await new Network().start();
  await using container = await new GenericContainer(engine.redisImage)
    .withCommand(["redis-server", "--protected-mode", "no", "--save", ""])
    .withNetwork(network)
    .withExposedPorts(6_379)
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
    .start();
  const config = { instance: "test", redisPoolSize: 2, redisMinIdle: 1, redisCommandTimeoutMs: 5_000 };
  const redisUrl = `redis://127.0.0.1:${container.getMappedPort(6_379)}`;
  const redis = connectRedis({ ...config, redisUrl }, testParts());
  const admissions = await Promise.all(Array.from({ length: 50 }, () => sharedLimiter({ redis }).admit("tenant", 10)));
  await redis.close();
  // A burst that happens across two seconds may see a part of the second one's limit too.
  const admitted = admissions.filter(({ allowed }) => allowed).length;
  expect(admitted).toBeGreaterThanOrEqual(10);
  expect(admitted).toBeLessThanOrEqual(20);
});

const haFile = join(root, "docker-compose.ha.yaml");
const choices = { seed: "1", tuning: "fast", set: [], without: [] };

/** Everything in the engine that a harness has labelled. */
async function leftOf(): Promise<string[]> {
  const filter = ["--quiet", "--filter", `label=${harnessLabel}`];
  const kinds = [
    ["ps", "--all"],
    ["network", "ls"],
    ["volume", "ls"],
  ];
  const lists = await Promise.all(kinds.map((kind) => docker([...kind, ...filter])));
  return lists.flatMap(linesIn);
}

async function submit(world: TrialWorld): Promise<string> {
  const response = await fetch(`${world.gateways()[0]?.url}/api/v1/jobs`, {
    method: "POST",
    headers: { "x-api-key": "key", "content-type": "application/json" },
    body: JSON.stringify({ topic: "job.default", payload: { workMs: 5 } }),
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { job_id: string }).job_id;
}

function historyOf(who: string): HistoryEvent[] {
  const lines = linesIn(readFileSync(join(folder, "witnesses", `${who}.jsonl`), "utf8"));
  return lines.map((line) => JSON.parse(line) as HistoryEvent);
}

function phasesOf(seen: readonly Observation[], id: string): string[] {
  return seen.flatMap((each) =>
    each.kind === "replica" && each.replica === id
      ? [[each.phase, each.exitCode, each.signal].filter((part) => part !== undefined).join(" ")]
      : [],
  );
}
