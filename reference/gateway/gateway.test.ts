import { once } from "node:events";
import { Agent, get, request, type IncomingMessage } from "node:http";
import { createServer, type AddressInfo } from "node:net";

import { expect, test } from "vitest";

import { EnvironmentError, UsageError } from "../../core/mod.ts";
import { gatewayOnTrial, type GatewayOnTrial } from "./gateway-on-trial.test-support.ts";

test("a port that is taken is called so, with a way out", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const refused = gatewayOnTrial({ HTTP_PORT: `${port}` });
  await expect(refused).rejects.toThrow(EnvironmentError);
  await expect(refused).rejects.toMatchObject({ code: "port_in_use", hint: expect.any(String) });
  other.close();
});

test("keys and topics that cannot be read keep the gateway from starting", async () => {
  await expect(gatewayOnTrial({ CORDUM_API_KEYS: "secret" })).rejects.toThrow(UsageError);
  await expect(gatewayOnTrial({ CORDUM_TOPICS: "job.default,echo" })).rejects.toThrow(/topic "echo"/);
});

test("a request in flight is answered before the gateway has stopped", async () => {
  const gateway = await gatewayOnTrial();
  const write = gateway.fake.faults.hold("jobs.create");
  const answer = gateway.send("POST", "/api/v1/jobs", { body: {} });
  await write.reached;
  const stopped = gateway.stop();
  await expect.poll(() => gateway.send("GET", "/health").catch(() => "refused")).toBe("refused");
  write.release();
  expect(await answer).toMatchObject({ status: 202 });
  expect((await answer).headers.get("connection")).toBe("close");
  await stopped;
  expect(gateway.fake.jobs.records.size).toBe(1);
});

test("what requests have started to hand over is handed over before the gateway has stopped", async () => {
  const gateway = await gatewayOnTrial();
  const delivery = gateway.fake.faults.hold("outbox.deliver");
  await gateway.send("POST", "/api/v1/jobs", { body: {} });
  await delivery.reached;
  let stopped = false;
  const stop = gateway.stop().then(() => (stopped = true));
  await expect.poll(() => gateway.send("GET", "/health").catch(() => "refused")).toBe("refused");
  expect({ stopped, delivered: gateway.fake.delivered.length }).toEqual({ stopped: false, delivered: 0 });
  delivery.release();
  await stop;
  expect(gateway.fake.delivered).toHaveLength(1);
});

test("idle connections that clients keep open do not hold up the shutdown", async () => {
  const gateway = await gatewayOnTrial();
  const agent = new Agent({ keepAlive: true });
  await finished(get(`${gateway.url}/health`, { agent }));
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  await gateway.stop();
  agent.destroy();
});

test("a request that never comes to its end is cut off within the budget, and stopping twice is one stop", async () => {
  const gateway = await gatewayOnTrial({ SHUTDOWN_TIMEOUT: "300ms" });
  const slow = request(`${gateway.url}/api/v1/jobs`, {
    ...{ method: "POST", headers: { "x-api-key": "key-a", "content-type": "application/json", "content-length": "9" } },
  });
  const cut = once(slow, "error");
  slow.write("{");
  await admitted(gateway, 1);
  await Promise.all([gateway.stop(), gateway.stop()]);
  await cut;
  expect(gateway.fake.logged.filter((line) => line.startsWith("requests cut off"))).toHaveLength(1);
});

function admitted(gateway: GatewayOnTrial, count: number): Promise<void> {
  return expect.poll(() => gateway.fake.admitted).toHaveLength(count);
}

async function finished(sent: ReturnType<typeof get>): Promise<IncomingMessage> {
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  await once(response, "end");
  return response;
}
