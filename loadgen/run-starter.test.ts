import { expect, test } from "vitest";

import { seededRandom, systemClock } from "../core/mod.ts";
import { fakeGateway, memoryWitness, type FakeAnswer } from "./fake-gateway.test-support.ts";
import type { Load } from "./load.ts";
import { runLoads } from "./run-loads.ts";
import { jobs, uniform } from "./shapes.ts";
import { worker } from "./step-samples.ts";
import { workflow } from "./workflow-sample.ts";

const order = workflow("order", { reserve: worker() }, { input: { amount: 7 } });
const orders: Load = { name: "orders", client: "shop", workflow: order, arrivals: uniform("200/s", jobs(3)) };
const started = (run: string): FakeAnswer => ({ status: 202, body: { run_id: run } });

function send(load: Load, gateways: readonly { id: string; url: string }[]) {
  const witness = memoryWitness();
  const report = runLoads([load], {
    ...{ gateways, apiKey: (client: string) => `key of ${client}`, clock: systemClock(), witness },
    ...{ random: seededRandom("test"), signal: new AbortController().signal },
  });
  return { witness, report };
}

test("each operation starts a run of the load's workflow, and the acknowledged runs are told", async () => {
  await using gateway = await fakeGateway("gateway-1", (_, index) => started(`r${index}`));
  const { witness, report } = send(orders, [gateway]);
  const { acknowledged, acknowledgedRuns = [], outcomes } = await report;
  expect({ acknowledged, ok: outcomes.ok }).toEqual({ acknowledged: [], ok: 3 });
  expect(acknowledgedRuns).toHaveLength(3);
  expect(acknowledgedRuns).toContainEqual({ run: "r0", workflow: "order", client: "shop" });
  expect(gateway.seen[0]).toMatchObject({
    method: "POST",
    path: "/api/v1/workflows/order/runs",
    body: '{"input":{"amount":7}}',
  });
  expect(gateway.seen[0]?.headers["x-api-key"]).toBe("key of shop");
  expect(witness.of("op")[0]).toMatchObject({ op: "start-run", load: "orders", workflow: "order", outcome: "ok" });
});

test("a start without an answer is sent again to the next gateway, under the same key", async () => {
  await using one = await fakeGateway("gateway-1", () => "reset");
  await using two = await fakeGateway("gateway-2", () => started("r"));
  const load: Load = { ...orders, arrivals: uniform("10/s", jobs(1)), idempotency: "resend", split: [1, 0] };
  const { witness, report } = send(load, [one, two]);
  expect((await report).acknowledgedRuns).toMatchObject([{ run: "r" }]);
  const [first, second] = witness.of("op") as { outcome: string; idempotencyKey?: string }[];
  expect([first?.outcome, second?.outcome]).toEqual(["unknown", "ok"]);
  expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
  expect(JSON.parse(two.seen[0]?.body ?? "")).toEqual({ input: { amount: 7 }, idempotency_key: first?.idempotencyKey });
});
