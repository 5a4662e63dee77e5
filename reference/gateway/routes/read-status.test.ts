import { expect, test } from "vitest";

import { Unavailable } from "../../ports/mod.ts";
import { gatewayOnTrial } from "../gateway-on-trial.test-support.ts";

const worker = {
  ...{ id: "worker-1", session: "s-1", topics: ["job.default"], activeJobs: 3, maxParallelJobs: 16 },
  lastSeenUnixMs: 0,
};

test("the status says who answers and that all is well", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.snapshot = { capturedUnixMs: Date.now(), writer: "scheduler-2", epoch: 4, workers: [worker] };
  const { status, body } = await gateway.send("GET", "/api/v1/status");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ status: "ok", instance_id: "gateway-1", uptime_seconds: expect.any(Number) },
    ...{ nats: { connected: true }, redis: { ok: true, ping_ms: 0.25 }, workers: { count: 1 } },
    ...{ redis_pool_stats: { connections: 3, idle: 2, limit: 20 }, rate_limiter: { mode: "shared" } },
    build: { version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
  });
});

test("the status is told even when everything is away, and says so", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.busConnected = false;
  gateway.fake.admission = { ...gateway.fake.admission, mode: "local" };
  gateway.fake.faults.fail("store.ping", new Unavailable("Redis"));
  gateway.fake.faults.fail("workerSnapshots.read", new Unavailable("Redis"));
  const { status, body } = await gateway.send("GET", "/api/v1/status");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ status: "degraded", nats: { connected: false }, redis: { ok: false }, workers: { count: null } },
    rate_limiter: { mode: "local" },
  });
});

test("the status asks for no key, takes no wrong one, and is limited all the same", async () => {
  await using gateway = await gatewayOnTrial();
  expect(await gateway.send("GET", "/api/v1/status", { withoutKey: true })).toMatchObject({ status: 200 });
  const wrong = await gateway.send("GET", "/api/v1/status", { headers: { "x-api-key": "wrong" } });
  expect(wrong).toMatchObject({ status: 401, code: "wrong_api_key" });
  gateway.fake.admission = { ...gateway.fake.admission, allowed: false };
  expect(await gateway.send("GET", "/api/v1/status", { withoutKey: true })).toMatchObject({ status: 429 });
});
