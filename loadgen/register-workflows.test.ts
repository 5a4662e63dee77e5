import { expect, test } from "vitest";

import { systemClock } from "../core/mod.ts";
import { deadUrl, fakeGateway, memoryWitness } from "./fake-gateway.test-support.ts";
import type { Load } from "./load.ts";
import { registerWorkflows, type RegisterOptions } from "./register-workflows.ts";
import { jobs, uniform } from "./shapes.ts";
import { worker } from "./step-samples.ts";
import { workflow } from "./workflow-sample.ts";

const arrivals = uniform("10/s", jobs(1));
const plain: Load = { name: "plain", arrivals };
const orders: Load = { name: "orders", arrivals, client: "shop", workflow: workflow("a/b", { reserve: worker() }) };

function register(loads: readonly Load[], gateways: RegisterOptions["gateways"]) {
  const witness = memoryWitness();
  const apiKey = (client: string): string => `key of ${client}`;
  return { witness, registered: registerWorkflows(loads, { gateways, apiKey, clock: systemClock(), witness }) };
}

test("each load's workflow is registered for its client, and what its steps promise is written down", async () => {
  await using gateway = await fakeGateway("gateway-1", () => ({ status: 200 }));
  const { witness, registered } = register([plain, orders], [gateway]);
  await registered;
  expect(gateway.seen).toMatchObject([
    { method: "PUT", path: "/api/v1/workflows/a%2Fb", headers: { "x-api-key": "key of shop" } },
  ]);
  expect(JSON.parse(gateway.seen[0]?.body ?? "")).toMatchObject({ id: "a/b", steps: { reserve: { type: "worker" } } });
  const steps = [{ id: "reserve", after: [], type: "worker", jobs: 1 }];
  expect(witness.seen).toEqual([{ kind: "workflow", workflow: "a/b", steps }]);
});

test("a gateway that is away leaves it to the next", async () => {
  await using gateway = await fakeGateway("gateway-2", (_, index) => ({ status: index === 0 ? 503 : 200 }));
  const { witness, registered } = register([orders], [{ id: "gateway-1", url: await deadUrl() }, gateway]);
  await registered;
  expect(witness.seen).toHaveLength(1);
});

test("a workflow that the plane does not take is the scenario's mistake, and is not tried again", async () => {
  const body = { error: { code: "invalid_workflow", message: "…" } };
  await using gateway = await fakeGateway("gateway-1", () => ({ status: 400, body }));
  const { witness, registered } = register([orders], [gateway]);
  await expect(registered).rejects.toThrow('The plane does not take the workflow "a/b": invalid_workflow');
  expect(gateway.seen).toHaveLength(1);
  expect(witness.seen).toEqual([]);
});

test("gateways that never answer are the environment's trouble", async () => {
  const { registered } = register([orders], [{ id: "gateway-1", url: await deadUrl() }]);
  await expect(registered).rejects.toMatchObject({ code: "workflow_not_registered" });
});
