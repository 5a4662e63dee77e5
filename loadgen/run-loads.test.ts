import { describe, expect, test, vi } from "vitest";

import { seededRandom, systemClock, type OperationEvent } from "../core/mod.ts";
import {
  acceptingGateway,
  deadUrl,
  fakeGateway,
  memoryWitness,
  type FakeGateway,
} from "./fake-gateway.test-support.ts";
import type { Load } from "./load.ts";
import { runLoads, type LoadReport, type RunLoadsOptions } from "./run-loads.ts";

describe("runLoads", () => {
  test("sends each operation and writes down what became of it", async () => {
    await using gateway = await acceptingGateway("gateway-1");
    const { report, operations } = await run([steady({ count: 20, topic: "job.echo", work: "5ms" })], [gateway]);
    expect(report.outcomes).toEqual({ ok: 20, refused: 0, error: 0, unknown: 0 });
    expect(new Set(report.acknowledged).size).toBe(20);
    expect(operations.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect(operations[0]).toMatchObject({
      op: "submit",
      load: "steady",
      via: "gateway-1",
      client: "load",
      status: 202,
    });
    expect(operations.every((operation) => operation.sentAt >= operation.intendedAt)).toBe(true);
    expect(gateway.seen[0]).toMatchObject({ method: "POST", path: "/api/v1/jobs" });
    expect(gateway.seen[0]?.headers["x-api-key"]).toBe("key of load");
    expect(JSON.parse(gateway.seen[0]?.body ?? "")).toEqual({ topic: "job.echo", payload: { workMs: 5 } });
  });

  test("spaces the intended times as the load says, however late the answers", async () => {
    await using gateway = await acceptingGateway("gateway-1");
    const { operations } = await run([steady({ count: 10, rate: "100/s" })], [gateway]);
    const intended = operations.map(({ intendedAt }) => intendedAt).toSorted((a, b) => a - b);
    intended.forEach((at, index) => expect(at - (intended[0] ?? 0)).toBeCloseTo(index * 10, 6));
  });

  test("waits for no answer: operations are sent while every earlier one hangs", async () => {
    const { promise: allArrived, resolve } = Promise.withResolvers<void>();
    await using gateway = await fakeGateway("gateway-1", async (_, index) => {
      if (index === 39) resolve();
      await allArrived;
      return { status: 202, body: { job_id: `${index}` } };
    });
    const { report } = await run([steady({ count: 40, rate: "1000/s" })], [gateway]);
    expect(report.outcomes.ok).toBe(40);
  });

  test("drops what is due while too many are in flight, counts it, and calls itself unhealthy", async () => {
    await using gateway = await fakeGateway("gateway-1", () => "hang");
    const loads = [steady({ count: 30, rate: "2000/s", timeout: "2s" })];
    const { report, operations } = await run(loads, [gateway], { inFlightMax: 10 });
    expect(report.health).toMatchObject({ healthy: false, operations: 10, dropped: 20 });
    expect(operations.map(({ outcome }) => outcome)).toEqual(Array<string>(10).fill("unknown"));
  });

  test("splits a load over the gateways by its shares", async () => {
    await using one = await acceptingGateway("gateway-1");
    await using two = await acceptingGateway("gateway-2");
    await run([steady({ count: 20, split: [9, 1] })], [one, two]);
    expect([one.seen.length, two.seen.length]).toEqual([18, 2]);
  });

  test("sends each client's own key", async () => {
    await using gateway = await acceptingGateway("gateway-1");
    const loads = [
      steady({ name: "a", count: 1, client: "alice" }),
      steady({ name: "b", count: 1, client: "bob", startAt: "0s" }),
    ];
    const { operations } = await run(loads, [gateway]);
    expect(gateway.seen.map(({ headers }) => headers["x-api-key"])).toEqual(["key of alice", "key of bob"]);
    expect(new Set(operations.map(({ client }) => client))).toEqual(new Set(["alice", "bob"]));
  });

  test("calls a gateway that is away an error, since nothing was sent", async () => {
    const gone = { id: "gateway-1", url: await deadUrl() };
    const { report, operations } = await run([steady({ count: 3 })], [gone]);
    expect(report.outcomes).toEqual({ ok: 0, refused: 0, error: 3, unknown: 0 });
    expect(operations[0]?.error).toContain("ECONNREFUSED");
  });

  test("stops at once when it is told to", async () => {
    const stop = new AbortController();
    await using gateway = await fakeGateway("gateway-1", (_, index) => {
      if (index === 2) stop.abort();
      return "hang";
    });
    const { report, operations } = await run([steady({ count: 10_000, rate: "100/s" })], [gateway], {
      signal: stop.signal,
    });
    expect(report.health.operations).toBeLessThan(10_000);
    expect(operations.every(({ outcome }) => outcome !== "ok")).toBe(true);
  });

  test("fails when its witness cannot write", async () => {
    await using gateway = await acceptingGateway("gateway-1");
    const witness = {
      record: () => {
        throw new Error("the disk is full");
      },
    };
    await expect(run([steady({ count: 1_000, rate: "200/s" })], [gateway], { witness })).rejects.toThrow(
      "disk is full",
    );
    expect(gateway.seen.length).toBeLessThan(1_000);
  });

  test("refuses loads that cannot be sent", async () => {
    await using gateway = await acceptingGateway("gateway-1");
    await expect(run([steady({})], [])).rejects.toMatchObject({ code: "usage" });
    await expect(run([steady({ split: [1, 1] })], [gateway])).rejects.toThrow("Cannot split");
    expect(gateway.seen).toHaveLength(0);
  });

  test("tells people how far it is", async () => {
    await using gateway = await acceptingGateway("gateway-1");
    const progress = vi.fn<(line: string) => void>();
    await run([steady({ count: 120, rate: "100/s" })], [gateway], { progress });
    expect(progress.mock.calls[0]?.[0]).toMatch(/^sent \d+ of 120: \d+ accepted, 0 refused, 0 failed, 0 without/);
  });
});

describe("idempotency", () => {
  test("sends no key unless it is asked to", async () => {
    await using gateway = await acceptingGateway("gateway-1");
    const { operations } = await run([steady({ count: 1 })], [gateway]);
    expect(operations[0]?.idempotencyKey).toBeUndefined();
    expect(gateway.seen[0]?.body).not.toContain("idempotency_key");
  });

  test("race: sends the same key to every gateway", async () => {
    await using one = await acceptingGateway("gateway-1");
    await using two = await acceptingGateway("gateway-2");
    const { operations } = await run([steady({ count: 5, idempotency: "race" })], [one, two]);
    const byKey = Map.groupBy(operations, (operation) => operation.idempotencyKey);
    expect(byKey.size).toBe(5);
    for (const [key, tries] of byKey) {
      expect(key).toBeDefined();
      expect(tries.map(({ via }) => via).toSorted()).toEqual(["gateway-1", "gateway-2"]);
    }
    expect((JSON.parse(one.seen[0]?.body ?? "") as { idempotency_key: string }).idempotency_key).toMatch(
      /^[!-~]{1,200}$/,
    );
  });

  test("resend: goes to the next gateway, with the same key, until one answers", async () => {
    await using broken = await fakeGateway("gateway-1", () => "reset");
    await using well = await acceptingGateway("gateway-2");
    const { operations, report } = await run([steady({ count: 2, idempotency: "resend" })], [broken, well]);
    const tries = [...Map.groupBy(operations, ({ idempotencyKey }) => idempotencyKey).values()];
    const byGateways = tries.map((own) => own.map(({ via, outcome }) => `${via} ${outcome}`).join(", "));
    expect(byGateways.toSorted()).toEqual(["gateway-1 unknown, gateway-2 ok", "gateway-2 ok"]);
    expect(new Set(operations.map(({ id }) => id)).size).toBe(3);
    expect(report.acknowledged).toHaveLength(2);
    expect(report.health.operations).toBe(2);
  });

  test("resend: also when nobody listened, and gives up after five times", async () => {
    const gone = { id: "gateway-1", url: await deadUrl() };
    const { operations } = await run([steady({ count: 1, idempotency: "resend" })], [gone]);
    expect(operations.map(({ outcome }) => outcome)).toEqual(Array<string>(6).fill("error"));
    expect(new Set(operations.map(({ intendedAt }) => intendedAt)).size).toBe(1);
  });

  test("resend: not when the plane has refused", async () => {
    await using gateway = await fakeGateway("gateway-1", () => ({ status: 429 }));
    const { report } = await run([steady({ count: 1, idempotency: "resend" })], [gateway]);
    expect(report.outcomes).toEqual({ ok: 0, refused: 1, error: 0, unknown: 0 });
  });
});

function steady(options: Partial<Load> & { count?: number; rate?: `${number}/s` }): Load {
  const { count = 1, rate = "500/s", ...load } = options;
  return { name: "steady", arrivals: { shape: "uniform", rate, count }, ...load };
}

async function run(
  loads: readonly Load[],
  gateways: readonly Pick<FakeGateway, "id" | "url">[],
  options: Partial<RunLoadsOptions> = {},
): Promise<{ report: LoadReport; operations: OperationEvent[] }> {
  const witness = memoryWitness();
  const report = await runLoads(loads, {
    gateways,
    apiKey: (client) => `key of ${client}`,
    clock: systemClock(),
    random: seededRandom("run-loads"),
    witness,
    signal: new AbortController().signal,
    ...options,
  });
  return { report, operations: witness.of("op") as OperationEvent[] };
}
