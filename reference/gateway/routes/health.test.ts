import { expect, test } from "vitest";

import { readConfig } from "../../config/config.ts";
import { Unavailable } from "../../ports/mod.ts";
import { gatewayApp } from "../app.ts";
import { deliveries } from "../deliveries.ts";
import { FakeEnvironment } from "../fake-environment.test-support.ts";
import { gatewayOnTrial } from "../gateway-on-trial.test-support.ts";

const silent = { count: (): void => {} };

test("a gateway with Redis and NATS is healthy", async () => {
  await using gateway = await gatewayOnTrial();
  const { status, body } = await gateway.send("GET", "/health", { withoutKey: true });
  expect(status).toBe(200);
  expect(body).toMatchObject({ healthy: true, redis: { ok: true }, nats: { connected: true } });
});

test("a gateway without NATS is not healthy", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.busConnected = false;
  expect(await gateway.send("GET", "/health", { withoutKey: true })).toMatchObject({
    ...{ status: 503, body: { healthy: false, nats: { connected: false } } },
  });
});

test("a gateway without Redis is not healthy", async () => {
  await using gateway = await gatewayOnTrial();
  gateway.fake.faults.fail("store.ping", new Unavailable("Redis"));
  expect(await gateway.send("GET", "/health", { withoutKey: true })).toMatchObject({
    ...{ status: 503, body: { healthy: false, redis: { ok: false } } },
  });
});

test("a gateway that is stopping is not healthy any more, and hangs up", async () => {
  const fake = new FakeEnvironment();
  const gateway = { env: fake.environment(), config: readConfig({}), deliveries: deliveries(silent), startedAt: 0 };
  const app = gatewayApp({ ...gateway, stopping: AbortSignal.abort() });
  const { statusCode, headers, body } = await app.inject("/health");
  expect({ statusCode, connection: headers.connection }).toEqual({ statusCode: 503, connection: "close" });
  expect(JSON.parse(body)).toMatchObject({ healthy: false, stopping: true, redis: { ok: true } });
});
