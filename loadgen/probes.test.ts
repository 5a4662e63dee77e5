import { describe, expect, test } from "vitest";

import { systemClock } from "../core/mod.ts";
import { deadUrl, fakeGateway, memoryWitness } from "./fake-gateway.test-support.ts";
import { readHealth, readWorkers } from "./probes.ts";

const clock = systemClock();
const timeoutMs = 20_000;

describe("readWorkers", () => {
  test("writes down what each gateway lists, in order, and names those that cannot tell", async () => {
    const items = [{ worker_id: "worker-2" }, { worker_id: "worker-1" }];
    await using one = await fakeGateway("gateway-1", () => ({ status: 200, body: { items } }));
    await using two = await fakeGateway("gateway-2", () => ({ status: 503 }));
    await using three = await fakeGateway("gateway-3", () => ({ status: 200, body: { items: [] } }));
    const witness = memoryWitness();
    expect(await readWorkers([one, two, three], { apiKey: "key", clock, witness, timeoutMs })).toEqual(["gateway-2"]);
    expect(witness.seen).toHaveLength(2);
    expect(witness.seen).toContainEqual({ kind: "workers-read", via: "gateway-1", workers: ["worker-1", "worker-2"] });
    expect(witness.seen).toContainEqual({ kind: "workers-read", via: "gateway-3", workers: [] });
    expect(one.seen[0]).toMatchObject({ path: "/api/v1/workers", headers: { "x-api-key": "key" } });
  });

  test("is not held up by a gateway that hangs", async () => {
    await using gateway = await fakeGateway("gateway-1", () => "hang");
    const witness = memoryWitness();
    expect(await readWorkers([gateway], { apiKey: "key", clock, witness, timeoutMs: 50 })).toEqual(["gateway-1"]);
    expect(witness.seen).toEqual([]);
  });
});

describe("readHealth", () => {
  test("writes down who is healthy, and why the others are not", async () => {
    await using well = await fakeGateway("gateway-1", () => ({ status: 200 }));
    await using ill = await fakeGateway("scheduler-1", () => ({ status: 503 }));
    const gone = { id: "worker-1", url: await deadUrl() };
    const starting = { id: "worker-2", url: undefined };
    const witness = memoryWitness();
    await readHealth([well, ill, gone, starting], { clock, witness, timeoutMs });
    expect(well.seen[0]?.path).toBe("/health");
    expect(witness.seen).toContainEqual({ kind: "health-read", replica: "gateway-1", healthy: true });
    expect(witness.seen).toContainEqual({
      kind: "health-read",
      replica: "scheduler-1",
      healthy: false,
      detail: "HTTP 503",
    });
    expect(witness.seen).toContainEqual(
      expect.objectContaining({ replica: "worker-1", healthy: false, detail: expect.stringContaining("ECONNREFUSED") }),
    );
    expect(witness.seen).toContainEqual(expect.objectContaining({ replica: "worker-2", healthy: false }));
  });

  test("writes down which servers a replica says it is without, and how far Redis is", async () => {
    const far = { redis: { ok: true, ping_ms: 201.5 }, nats: { connected: true } };
    const alone = { redis: { ok: false, because: "cut" }, nats: { connected: false } };
    await using well = await fakeGateway("gateway-1", () => ({ status: 200, body: far }));
    await using ill = await fakeGateway("scheduler-1", () => ({ status: 503, body: alone }));
    await using other = await fakeGateway("worker-1", () => ({ status: 503, body: { redis: "?" } }));
    const witness = memoryWitness();
    await readHealth([well, ill, other], { clock, witness, timeoutMs });
    const same = { kind: "health-read", healthy: false, detail: "HTTP 503" } as const;
    expect(witness.seen).toContainEqual({
      ...{ kind: "health-read", replica: "gateway-1", healthy: true },
      ...{ without: [], redisPingMs: 201.5 },
    });
    expect(witness.seen).toContainEqual({ ...same, replica: "scheduler-1", without: ["redis", "nats"] });
    expect(witness.seen).toContainEqual({ ...same, replica: "worker-1" });
  });
});
