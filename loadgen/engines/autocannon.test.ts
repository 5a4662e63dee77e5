import { afterEach, expect, test } from "vitest";

import { seededRandom, systemClock, type Observation } from "../../core/mod.ts";
import { acceptingGateway, fakeGateway, type FakeGateway } from "../fake-gateway.test-support.ts";
import type { Load } from "../load.ts";
import { uniform } from "../shapes.ts";
import { worker } from "../step-samples.ts";
import { workflow } from "../workflow-sample.ts";
import { autocannonEngine } from "./autocannon.ts";

const opened: FakeGateway[] = [];
afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway[Symbol.asyncDispose]();
});

test("every operation is sent once, over all gateways, and leaves an event with its job", async () => {
  const gateways = [await open(acceptingGateway("gateway-1")), await open(acceptingGateway("gateway-2"))];
  const { report, events } = await shoot([steady("a", 60)], gateways);
  const seen = gateways.flatMap((gateway) => gateway.seen);
  expect(gateways.map((gateway) => gateway.seen.length)).toEqual([30, 30]);
  expect(seen.every(({ path, headers }) => path === "/api/v1/jobs" && headers["x-api-key"] === "key of load")).toBe(
    true,
  );
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ topic: "job.default", payload: { workMs: 7 } });
  const jobs = events.map((event) => (event.kind === "op" ? event.job : undefined));
  expect(new Set(jobs).size).toBe(60);
  expect(report.acknowledged.toSorted()).toEqual((jobs as string[]).toSorted());
  expect(report.outcomes).toEqual({ ok: 60, refused: 0, error: 0, unknown: 0 });
  expect(report.health).toMatchObject({ healthy: true, operations: 60, dropped: 0 });
  expect(events.every((event) => event.kind === "op" && event.intendedAt === event.sentAt)).toBe(true);
});

test("what a gateway refuses is refused, and what it does not say is unknown", async () => {
  const gateway = await open(
    fakeGateway("gateway-1", (_, index) => (index % 2 === 0 ? { status: 429 } : { status: 500 })),
  );
  const { report } = await shoot([steady("a", 20)], [gateway]);
  expect(report.outcomes).toEqual({ ok: 0, refused: 10, error: 0, unknown: 10 });
});

test("where nobody listens each operation is an error, and none is made up", async () => {
  const { report, events } = await shoot([steady("a", 20)], [{ id: "gateway-1", url: "http://127.0.0.1:1" }]);
  expect(events.length).toBeLessThanOrEqual(20);
  expect(report.outcomes).toMatchObject({ ok: 0, refused: 0, unknown: 0, error: events.length });
  expect(report.outcomes.error).toBeGreaterThan(0);
});

test("a request whose connection ends without an answer is unknown, and the next one's time is its own", async () => {
  const gateway = await open(
    fakeGateway("gateway-1", (_, index) =>
      index % 5 === 2 ? "reset" : { status: 202, body: { job_id: `job-${index}` } },
    ),
  );
  const { report, events } = await shoot([{ ...steady("a", 3), arrivals: uniform("1/s", () => 4) }], [gateway]);
  expect(report.outcomes).toEqual({ ok: 3, refused: 0, error: 0, unknown: 1 });
  expect(gateway.seen).toHaveLength(4);
  const took = events.map((event) => (event.kind === "op" ? (event.at ?? 0) - event.sentAt : 0));
  expect(Math.max(...took), "a second or more is the time between two requests").toBeLessThan(900);
});

test("every request that reached a gateway leaves an event, also when it closes connections in between", async () => {
  const gateway = await open(
    fakeGateway("gateway-1", (_, index) =>
      index % 5 === 4 ? "close" : { status: 202, body: { job_id: `j${index}` } },
    ),
  );
  const { report, events } = await shoot([steady("a", 40)], [gateway]);
  expect(events).toHaveLength(gateway.seen.length);
  expect(report.outcomes).toMatchObject({ ok: 32, unknown: 8 });
});

test("a rate that is not whole for each gateway is refused", async () => {
  const gateways = [await open(acceptingGateway("gateway-1")), await open(acceptingGateway("gateway-2"))];
  const odd: Load = { name: "odd", arrivals: uniform("5/s", () => 10) };
  await expect(shoot([odd], gateways)).rejects.toThrow("autocannon cannot send 2.5 a second to each gateway");
});

test("loads that need an open loop are refused with the engine that can send them", async () => {
  const gateway = await open(acceptingGateway("gateway-1"));
  const burst: Load = { name: "b", arrivals: { shape: "burst", offsetsMs: [0], countEach: 3 } };
  await expect(shoot([burst], [gateway])).rejects.toThrow('autocannon cannot send the burst of the load "b"');
  await expect(shoot([{ ...steady("k", 2), idempotency: "resend" }], [gateway])).rejects.toThrow("resend under a key");
  const runs: Load = { ...steady("w", 2), workflow: workflow("order", { reserve: worker() }) };
  await expect(shoot([runs], [gateway])).rejects.toThrow('autocannon cannot start runs, as the load "w" wants it');
  expect(gateway.seen).toEqual([]);
});

function steady(name: string, count: number): Load {
  return { name, arrivals: uniform("60/s", () => count), work: "7ms" };
}

async function open(starting: Promise<FakeGateway>): Promise<FakeGateway> {
  const gateway = await starting;
  opened.push(gateway);
  return gateway;
}

async function shoot(loads: readonly Load[], gateways: readonly Pick<FakeGateway, "id" | "url">[]) {
  const events: Observation[] = [];
  const clock = systemClock();
  const report = await autocannonEngine.run(loads, {
    gateways,
    apiKey: (client) => `key of ${client}`,
    clock,
    random: seededRandom("engines"),
    witness: { record: (event) => events.push({ at: clock.now(), ...event }) },
    signal: new AbortController().signal,
  });
  return { report, events };
}
