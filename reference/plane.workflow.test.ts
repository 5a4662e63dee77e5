import { afterEach, expect, test } from "vitest";

import { systemClock, type Observation, type Role } from "../core/mod.ts";
import { useNats, useRedis } from "../test/servers.ts";
import { connectBackends, type Backends } from "./environment.ts";
import { fastTuning, readConfig, type Config } from "./config/config.ts";
import { encodePacket, type RunCommand } from "./domain/packets.ts";
import { workflowCommandSubject } from "./domain/subjects.ts";
import { beginRun, type StepDefinition } from "./domain/workflow/mod.ts";
import { testParts } from "./adapters/redis/parts.test-support.ts";
import { startReplica } from "./plane.ts";
import { systemDrivers } from "./system-drivers.ts";
import type { Running } from "./running.ts";
import type { Work } from "./worker/work.ts";

const redis = useRedis();
const nats = useNats();
const running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

function configOf(instance: string): Config {
  return readConfig({
    ...fastTuning(),
    ...{ CORDUM_INSTANCE_ID: instance, REDIS_URL: redis.server.url, NATS_URL: nats.server.url },
    ...{ HTTP_PORT: "0", LOG_LEVEL: "silent", WORKER_TOPICS: "job.default", REDIS_MIN_IDLE_CONNS: "1" },
  });
}

/** Every job that was done, in order. */
const done: string[] = [];
const work: Work = ({ job, payload }) => {
  done.push(job);
  return Promise.resolve(payload);
};

async function start(role: Role, instance: string, seen: Observation[] = []): Promise<Running> {
  const witness = { record: (observation: Observation) => void seen.push(observation) };
  const replica = await startReplica({ role, config: configOf(instance), clock: systemClock(), work, witness });
  running.push(replica);
  return replica;
}

/** The ports of a replica that is no role: what a gateway does, the test does with them. */
async function backends(): Promise<Backends> {
  const parts = {
    ...systemDrivers(),
    ...testParts("gateway-1"),
    config: configOf("gateway-1"),
    without: new Set<never>(),
  };
  const connected = await connectBackends({ ...parts, intercept: (_name, port) => port });
  running.push({ stop: () => connected.close() });
  return connected;
}

async function command({ environment }: Backends, run_id: string, rest: Partial<RunCommand> = {}): Promise<void> {
  const wanted = { run_id, command: "start", requested_by: "tester", ...rest } as const;
  const body = encodePacket("run-command", "gateway-1", "trace", wanted);
  await environment.bus.publish({ subject: workflowCommandSubject, id: `run:${run_id}:${wanted.command}`, body });
}

const input = { number: "${index}" };
const definitionSteps: Record<string, StepDefinition> = {
  fetch: { type: "worker", topic: "job.default", input: { list: [1, 2, 3] }, dependsOn: [] },
  pause: { type: "delay", delayMs: 50, dependsOn: ["fetch"] },
  each: {
    ...{ type: "for_each", items: "steps.fetch.output.list", maxParallel: 2, dependsOn: ["pause"] },
    template: { topic: "job.default", input },
  },
  ask: { type: "approval", prompt: "Go on?", dependsOn: ["each"] },
  both: {
    ...{ type: "parallel", need: "all", dependsOn: ["ask"] },
    children: [
      { topic: "job.default", input: "a" },
      { topic: "job.default", input: "b" },
    ],
  },
};

test("two engines, a scheduler and a worker lead runs to their ends, each step once and in order", async () => {
  const seen: Observation[] = [];
  const plane = await backends();
  const { runs, clock } = plane.environment;
  await Promise.all([
    start("scheduler", "scheduler-1"),
    start("worker", "worker-1"),
    start("workflow", "workflow-1", seen),
    start("workflow", "workflow-2", seen),
  ]);
  const ids = Array.from({ length: 5 }, (_, index) => `run-${index}`);
  for (const id of ids) {
    const definition = { id: "pipeline", name: "Pipeline", steps: definitionSteps };
    const nowUnixMs = Math.floor(clock.unixMs());
    await runs.create(beginRun({ id, tenant: "acme", traceId: `trace-${id}`, definition, input: null, nowUnixMs }), []);
    await command(plane, id);
  }
  const stateOf = async (id: string): Promise<string | undefined> => (await runs.read(id))?.run.state;
  for (const id of ids) {
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe("waiting");
    const isAsked = async (): Promise<unknown> => (await runs.read(id))?.run.steps["ask"]?.state;
    await expect.poll(isAsked, { timeout: 20_000 }).toBe("waiting");
    await command(plane, id, { command: "approve", step: "ask" });
  }
  for (const id of ids) await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe("succeeded");

  const steps = ["fetch@1", "each[0]@1", "each[1]@1", "each[2]@1", "both[0]@1", "both[1]@1"];
  for (const id of ids) {
    const own = done.filter((job) => job.startsWith(`${id}:`));
    expect(own.toSorted()).toEqual(steps.map((step) => `${id}:${step}`).toSorted());
    expect(own[0]).toBe(`${id}:fetch@1`);
    expect(own.slice(-2).every((job) => job.includes(":both["))).toBe(true);
    await expect.poll(async () => (await runs.read(id))?.outbox, { timeout: 20_000 }).toEqual([]);
    expect((await runs.timeline(id)).at(-1)?.event).toBe("run_succeeded");
  }
  await expect.poll(() => runs.unfinished({ offset: 0, limit: 10 }), { timeout: 20_000 }).toEqual([]);
  expect(await runs.list("acme", { state: "succeeded", offset: 0, limit: 10 })).toHaveLength(5);
  const sections = seen.filter((each) => each.kind === "section" && each.key.startsWith("cordum:wf:run:lock:"));
  expect(sections.length).toBeGreaterThan(0);
  expect(seen.some((each) => each.kind === "write" && each.job === "run-0" && each.to === "succeeded")).toBe(true);
}, 60_000);

test("a run that is cancelled has its job cancelled, and a stopped engine leaves its runs to the other", async () => {
  const plane = await backends();
  const { runs, jobs, clock } = plane.environment;
  const first = await start("workflow", "workflow-1");
  await start("scheduler", "scheduler-1");
  const definition = { id: "slow", name: "Slow", steps: { only: definitionSteps["fetch"] as StepDefinition } };
  const nowUnixMs = Math.floor(clock.unixMs());
  await runs.create(beginRun({ id: "slow-1", tenant: "acme", traceId: "t", definition, input: null, nowUnixMs }), []);
  await command(plane, "slow-1");
  await expect.poll(async () => (await jobs.read("slow-1:only@1"))?.state, { timeout: 20_000 }).toBe("PENDING");
  await first.stop();
  await start("workflow", "workflow-2");
  await command(plane, "slow-1", { command: "cancel" });
  await expect.poll(async () => (await runs.read("slow-1"))?.run.state, { timeout: 20_000 }).toBe("cancelled");
  await expect.poll(async () => (await jobs.read("slow-1:only@1"))?.state, { timeout: 20_000 }).toBe("CANCELLED");
}, 60_000);
