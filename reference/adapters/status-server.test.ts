import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { startStatusServer, type Health } from "./status-server.ts";

async function started(health: () => Promise<Health>, port = 0): Promise<{ url: string; stop: () => Promise<void> }> {
  const metrics = { expose: () => Promise.resolve("cordum_fake 1\n") };
  const running = await startStatusServer({ host: "127.0.0.1", port, health, metrics });
  const stop = (): Promise<void> => running.stop();
  onTestFinished(stop);
  return { url: running.url, stop };
}

test.each([
  [true, 200],
  [false, 503],
])("a replica whose health is %s answers %i, with the facts", async (healthy, status) => {
  const { url } = await started(() => Promise.resolve({ healthy, detail: { redis: { ok: healthy } } }));
  const answer = await fetch(`${url}/health?probe=1`);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ healthy, redis: { ok: healthy } });
});

test("a health that cannot be told is not healthy", async () => {
  const { url } = await started(() => Promise.reject(new Error("no answer")));
  const answer = await fetch(`${url}/health`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ healthy: false, because: "no answer" });
});

test("metrics come as Prometheus reads them, and there is nothing else", async () => {
  const { url } = await started(() => Promise.resolve({ healthy: true, detail: {} }));
  const metrics = await fetch(`${url}/metrics`);
  expect(metrics.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(await metrics.text()).toBe("cordum_fake 1\n");
  expect((await fetch(`${url}/jobs`)).status).toBe(404);
});

test("it stops at once, whoever holds a connection open, and only once", async () => {
  const { url, stop } = await started(() => Promise.resolve({ healthy: true, detail: {} }));
  await (await fetch(`${url}/health`)).text();
  await stop();
  await stop();
  await expect(fetch(`${url}/health`)).rejects.toThrow("fetch failed");
});

test("a port that is taken is called so", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  await expect(started(() => Promise.reject(new Error("unused")), port)).rejects.toMatchObject({ code: "port_in_use" });
});
